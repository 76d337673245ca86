namespace Oms.Matching;

/// <summary>
/// Where an order rests in its book. Valid until the order leaves; the same handle then comes to stand for
/// another order, which is why every use of one names the order too.
/// </summary>
public readonly record struct OrderHandle
{
    private readonly int _indexAndSide;

    internal OrderHandle(int index, BookSide side) => _indexAndSide = (index << 1) | (int)side;

    public static OrderHandle None => default;

    public bool IsNone => _indexAndSide == 0;

    internal int Index => _indexAndSide >>> 1;

    internal BookSide Side => unchecked((BookSide)(_indexAndSide & 1));
}
