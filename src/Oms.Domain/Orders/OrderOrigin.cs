namespace Oms.Domain.Orders;

/// <summary>Where an order came from.</summary>
public enum OrderOrigin : byte
{
    /// <summary>A client's command.</summary>
    Client = 0,

    /// <summary>Found at the exchange: placed by hand or by another program.</summary>
    External = 1,

    /// <summary>The engine's own: closes what must not stay open after a stop could not be placed.</summary>
    Emergency = 2,
}
