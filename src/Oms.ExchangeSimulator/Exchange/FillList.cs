using Oms.Matching;

namespace Oms.ExchangeSimulator.Exchange;

/// <summary>Keeps a command's fills until the book is at rest again.</summary>
internal sealed class FillList : IFillSink
{
    private readonly List<Fill> _fills = [];

    public IReadOnlyList<Fill> Fills => _fills;

    public void OnFill(in Fill fill) => _fills.Add(fill);
}
