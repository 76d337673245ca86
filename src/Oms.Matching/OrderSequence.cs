namespace Oms.Matching;

/// <summary>
/// Walks one side's orders from the best price and the oldest order on, by <c>foreach</c>. The book must not
/// change meanwhile.
/// </summary>
public ref struct OrderSequence
{
    private readonly BookLadder _ladder;
    private readonly OrderQueues _queues;
    private int _level;
    private int _node;

    internal OrderSequence(BookLadder ladder, OrderQueues queues)
    {
        _ladder = ladder;
        _queues = queues;
        _level = -1;
        _node = OrderQueues.None;
    }

    public readonly BookOrder Current => _queues[_node];

    public readonly OrderSequence GetEnumerator() => this;

    public bool MoveNext()
    {
        if (_node != OrderQueues.None)
        {
            _node = _queues.Next(_node);
        }

        if (_node == OrderQueues.None && _level + 1 < _ladder.Count)
        {
            _level++;
            _node = _ladder.HeadFromBest(_level);
        }

        return _node != OrderQueues.None;
    }
}
