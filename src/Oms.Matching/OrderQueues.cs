namespace Oms.Matching;

/// <summary>
/// The pool of resting orders, linked into one first-in first-out queue per level by index. Released
/// nodes are reused, last released first.
/// </summary>
internal sealed class OrderQueues(int capacity)
{
    public const int None = -1;

    private BookOrder[] _orders = new BookOrder[capacity];
    private int[] _next = new int[capacity];
    private int[] _previous = new int[capacity];
    private int _usedCount;
    private int _freeHead = None;

    public BookOrder this[int node] => _orders[node];

    public int Next(int node) => _next[node];

    public int Previous(int node) => _previous[node];

    public int Rent(in BookOrder order)
    {
        int node = _freeHead;
        if (node != None)
        {
            _freeHead = _next[node];
        }
        else
        {
            node = _usedCount++;
            if (node == _orders.Length)
            {
                Grow();
            }
        }

        _orders[node] = order;
        _next[node] = None;
        _previous[node] = None;
        return node;
    }

    public void Release(int node)
    {
        _next[node] = _freeHead;
        _freeHead = node;
    }

    public void Reduce(int node, long byQuantity) =>
        _orders[node] = _orders[node] with { Quantity = _orders[node].Quantity - byQuantity };

    public void LinkAfter(int tail, int node)
    {
        _next[tail] = node;
        _previous[node] = tail;
    }

    /// <summary>Joins the neighbours of a node.</summary>
    public void Unlink(int node)
    {
        int previous = _previous[node];
        int next = _next[node];
        if (previous != None)
        {
            _next[previous] = next;
        }

        if (next != None)
        {
            _previous[next] = previous;
        }
    }

    private void Grow()
    {
        int doubled = _orders.Length * 2;
        Array.Resize(ref _orders, doubled);
        Array.Resize(ref _next, doubled);
        Array.Resize(ref _previous, doubled);
    }
}
