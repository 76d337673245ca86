namespace Oms.Matching;

/// <summary>
/// Walks orders of one side from the best price and the oldest order on, by <c>foreach</c>. The book must not
/// change meanwhile.
/// </summary>
public unsafe ref struct OrderSequence
{
    private readonly BookLadder _ladder;
    private readonly long _limitKey;
    private readonly OrderOwner _owner;
    private readonly SelfTradeScope _scope;
    private readonly bool _isOfOneOwner;
    private Level* _level;
    private long _key;
    private int _index;

    internal OrderSequence(BookLadder ladder, long limitKey) => (_ladder, _limitKey) = (ladder, limitKey);

    internal OrderSequence(BookLadder ladder, long limitKey, OrderOwner owner, SelfTradeScope scope)
        : this(ladder, limitKey) => (_owner, _scope, _isOfOneOwner) = (owner, scope, true);

    public readonly RestingOrder Current => _ladder.Read(_index);

    public readonly OrderSequence GetEnumerator() => this;

    public bool MoveNext()
    {
        bool isFound = TryAdvance();
        while (isFound && _isOfOneOwner && !_ladder.OwnerAt(_index).IsSame(_owner, _scope))
        {
            isFound = TryAdvance();
        }

        GC.KeepAlive(_ladder);
        return isFound;
    }

    private bool TryAdvance()
    {
        if (_level is not null && _index != _level->Tail)
        {
            _index = _ladder.NodeAt(_index)->Next;
            return true;
        }

        bool isFound = _level is null
            ? _ladder.TryFindBest(out _key, out _level)
            : _ladder.TryFindAfter(_key, out _key, out _level);
        if (!isFound || _key > _limitKey)
        {
            return false;
        }

        _index = _level->Head;
        return true;
    }
}
