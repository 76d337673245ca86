using Oms.Matching;

namespace Oms.Engine.Crossing;

/// <summary>Hears a book at work, and notes what it hears.</summary>
internal readonly struct FillCollector(FillList fills) : IFillSink
{
    public void OnFill(in Fill fill) => fills.Add(in fill);

    public void OnSelfTradePrevented(in PreventedTrade prevented) => fills.Add(in prevented);

    public void OnReplenished(in Replenishment replenishment)
    {
        // What an iceberg shows is read from the book.
    }
}
