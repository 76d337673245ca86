using System.Diagnostics;
using Oms.Matching;

namespace Oms.ExchangeSimulator.Exchange;

/// <summary>
/// Keeps a command's fills until the book is at rest again. The exchange prevents self-trades itself, in its
/// own way; and who looks at a level that traded sees what an iceberg shows anew.
/// </summary>
internal sealed class FillList : IFillSink
{
    private readonly List<Fill> _fills = [];

    public IReadOnlyList<Fill> Fills => _fills;

    public void OnFill(in Fill fill) => _fills.Add(fill);

    public void OnSelfTradePrevented(in PreventedTrade prevented) => throw new UnreachableException();

    public void OnReplenished(in Replenishment replenishment)
    {
    }
}
