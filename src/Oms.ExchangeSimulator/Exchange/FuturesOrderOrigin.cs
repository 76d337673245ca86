namespace Oms.ExchangeSimulator.Exchange;

/// <summary>Whose an order of futures is: the client's, or the exchange's own on the client's account.</summary>
internal enum FuturesOrderOrigin : byte
{
    Client,

    /// <summary>Closes a position whose margin is used up.</summary>
    Liquidation,

    /// <summary>Closes a position against one that is liquidated and that nobody else takes.</summary>
    AutoDeleveraging,

    /// <summary>Closes a position in a symbol that is traded no more.</summary>
    Settlement,
}
