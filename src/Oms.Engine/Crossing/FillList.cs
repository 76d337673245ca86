using System.Runtime.InteropServices;
using Oms.Matching;

namespace Oms.Engine.Crossing;

/// <summary>What a book did for one arriving order: acted on when the book is done.</summary>
internal sealed class FillList
{
    private readonly List<Fill> _fills = new(64);
    private readonly List<PreventedTrade> _prevented = new(16);

    public ReadOnlySpan<Fill> Fills => CollectionsMarshal.AsSpan(_fills);

    public ReadOnlySpan<PreventedTrade> Prevented => CollectionsMarshal.AsSpan(_prevented);

    public void Clear()
    {
        _fills.Clear();
        _prevented.Clear();
    }

    public void Add(in Fill fill) => _fills.Add(fill);

    public void Add(in PreventedTrade prevented) => _prevented.Add(prevented);
}
