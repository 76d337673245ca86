using Oms.Domain;

namespace Oms.Matching;

/// <summary>
/// Levels at any keys, in order: sorted blocks of sorted keys, so that a search reads little memory and an
/// insertion moves little. A pointer to a level holds until the next level is opened or closed.
/// </summary>
internal sealed unsafe class SparseLevels
{
    private const int BlockLevels = 64;

    /// <summary>Neighbours that are this small together become one, with room for as many again.</summary>
    private const int MergedLevelsMax = BlockLevels / 2;

    private readonly Stack<Block> _spare = new();
    private Block[] _blocks = new Block[8];
    private long[] _firstKeys = new long[8];
    private int _blockCount;

    public int Count { get; private set; }

    /// <summary>The lowest key; the largest that there can be when there is no level.</summary>
    public long FirstKey { get; private set; } = long.MaxValue;

    /// <summary>The level at a key; null when there is none.</summary>
    public Level* Find(long key)
    {
        if (Count == 0)
        {
            return null;
        }

        Block block = _blocks[BlockOf(key)];
        int index = block.IndexOf(key);
        return index < 0 ? null : block.At(index);
    }

    /// <summary>The first level that is not before a key; false when there is none.</summary>
    public bool TryFindFrom(long key, out long found, out Level* level)
    {
        found = 0;
        level = null;
        if (Count == 0)
        {
            return false;
        }

        int at = BlockOf(key);
        int index = _blocks[at].IndexOf(key);
        index = index < 0 ? ~index : index;
        if (index == _blocks[at].Count)
        {
            (at, index) = (at + 1, 0);
        }

        if (at == _blockCount)
        {
            return false;
        }

        found = _blocks[at].Keys[index];
        level = _blocks[at].At(index);
        return true;
    }

    /// <summary>The level at a key, opened empty when it is not there.</summary>
    public Level* Open(long key)
    {
        if (_blockCount == 0)
        {
            InsertBlock(0);
        }

        int at = BlockOf(key);
        int index = _blocks[at].IndexOf(key);
        if (index >= 0)
        {
            return _blocks[at].At(index);
        }

        if (_blocks[at].Count == BlockLevels)
        {
            InsertBlock(at + 1);
            _blocks[at].MoveUpperHalfTo(_blocks[at + 1]);
            _firstKeys[at + 1] = _blocks[at + 1].Keys[0];
            at = BlockOf(key);
            index = _blocks[at].IndexOf(key);
        }

        _blocks[at].Insert(~index, key);
        _firstKeys[at] = _blocks[at].Keys[0];
        Count++;
        FirstKey = _firstKeys[0];
        return _blocks[at].At(~index);
    }

    /// <summary>Removes a level, which is there.</summary>
    public void Close(long key)
    {
        int at = BlockOf(key);
        int index = _blocks[at].IndexOf(key);
        Invariant.Holds(index >= 0);
        _blocks[at].RemoveAt(index);
        Count--;
        if (_blocks[at].Count == 0)
        {
            RemoveBlock(at);
        }
        else
        {
            _firstKeys[at] = _blocks[at].Keys[0];
            MergeIfSmall(at);
            MergeIfSmall(at - 1);
        }

        FirstKey = Count == 0 ? long.MaxValue : _firstKeys[0];
        Invariant.Holds(_blockCount <= (2 * Count / (MergedLevelsMax + 1)) + 1);
    }

    /// <summary>The block that holds a key, or would.</summary>
    private int BlockOf(long key)
    {
        int index = _firstKeys.AsSpan(0, _blockCount).BinarySearch(key);
        return index >= 0 ? index : Math.Max(~index - 1, 0);
    }

    private void InsertBlock(int at)
    {
        if (_blockCount == _blocks.Length)
        {
            Array.Resize(ref _blocks, _blockCount * 2);
            Array.Resize(ref _firstKeys, _blockCount * 2);
        }

        Array.Copy(_blocks, at, _blocks, at + 1, _blockCount - at);
        Array.Copy(_firstKeys, at, _firstKeys, at + 1, _blockCount - at);
        _blocks[at] = _spare.TryPop(out Block? spare) ? spare : new Block();
        _blockCount++;
    }

    private void RemoveBlock(int at)
    {
        _spare.Push(_blocks[at]);
        _blockCount--;
        Array.Copy(_blocks, at + 1, _blocks, at, _blockCount - at);
        Array.Copy(_firstKeys, at + 1, _firstKeys, at, _blockCount - at);
    }

    private void MergeIfSmall(int at)
    {
        if (at >= 0 && at + 1 < _blockCount && _blocks[at].Count + _blocks[at + 1].Count <= MergedLevelsMax)
        {
            _blocks[at + 1].MoveAllTo(_blocks[at]);
            RemoveBlock(at + 1);
        }
    }

    /// <summary>Up to 64 levels and their keys, in order.</summary>
    private sealed class Block
    {
        private readonly PinnedMemory<Level> _levels = new(BlockLevels);

        public long[] Keys { get; } = new long[BlockLevels];

        public int Count { get; private set; }

        private Span<Level> Levels => new(_levels.First, BlockLevels);

        public Level* At(int index) => &_levels.First[index];

        /// <summary>Where a key is, or the complement of where it belongs.</summary>
        public int IndexOf(long key) => Keys.AsSpan(0, Count).BinarySearch(key);

        public void Insert(int index, long key)
        {
            Keys.AsSpan(index, Count - index).CopyTo(Keys.AsSpan(index + 1));
            Levels[index..Count].CopyTo(Levels[(index + 1)..]);
            (Keys[index], Levels[index]) = (key, default);
            Count++;
        }

        public void RemoveAt(int index)
        {
            Count--;
            Keys.AsSpan(index + 1, Count - index).CopyTo(Keys.AsSpan(index));
            Levels.Slice(index + 1, Count - index).CopyTo(Levels[index..]);
        }

        public void MoveUpperHalfTo(Block empty) => MoveFrom(Count / 2, empty);

        public void MoveAllTo(Block before) => MoveFrom(0, before);

        private void MoveFrom(int index, Block target)
        {
            Keys.AsSpan(index, Count - index).CopyTo(target.Keys.AsSpan(target.Count));
            Levels[index..Count].CopyTo(target.Levels[target.Count..]);
            target.Count += Count - index;
            Count = index;
        }
    }
}
