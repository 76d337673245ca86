namespace Oms.ExchangeSimulator.Exchange;

/// <summary>A step of an order towards the book.</summary>
internal enum OrderStep : byte
{
    /// <summary>What it waited for is filled: it is an order like any other, and its balance is set aside.</summary>
    Activated,

    /// <summary>Its price has come: it works.</summary>
    Triggered,

    /// <summary>It no longer shares the balance that its sibling had set aside, and has its own.</summary>
    Reserved,
}
