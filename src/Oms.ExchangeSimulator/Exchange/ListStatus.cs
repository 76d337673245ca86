namespace Oms.ExchangeSimulator.Exchange;

/// <summary>What is told of a list.</summary>
internal enum ListStatus : byte
{
    Started,

    /// <summary>An order of it has another client order id.</summary>
    Updated,
    Done,
}
