using System.Numerics;
using System.Runtime.CompilerServices;
using Oms.Domain;

namespace Oms.Matching;

/// <summary>
/// The levels of one side at evenly spaced keys, in an array with one bit per level that is occupied:
///
///     slot      0        1        2      …  length-1
///     key     lowest   +step    +2 step
///     words   bit 0    bit 1    bit 2    …                64 slots to a word
///     summary bit w is set when word w is not 0
///
/// Keys are ordered best first (see <see cref="BookLadder"/>). A key between two steps or beyond an end has
/// no slot. All arithmetic on keys wraps: the space of keys is that of a long, and a distance within the
/// window never exceeds it.
/// </summary>
internal unsafe struct PriceWindow
{
    /// <summary>What one summary word covers.</summary>
    public const int LevelsMax = WordBits * WordBits;

    /// <summary>Bits of a word: a window has whole words.</summary>
    public const int WordBits = 64;

    private readonly PinnedMemory<Level> _levelMemory;
    private readonly PinnedMemory<ulong> _wordMemory;
    private readonly Level* _levels;
    private readonly ulong* _words;
    private ulong _summary;
    private long _lowestKey;
    private long _step;
    private ulong _stepInverse;
    private int _stepShift;
    private ulong _length;

    public PriceWindow(int levels)
    {
        (_levelMemory, _wordMemory) = (new(levels), new(levels / WordBits));
        _levels = _levelMemory.First;
        _words = _wordMemory.First;
    }

    public readonly bool IsEmpty => _summary == 0;

    public readonly int Length => (int)_length;

    public readonly long HighestKey => KeyOf(Length - 1);

    /// <summary>How many levels are occupied.</summary>
    public readonly int OccupiedCount
    {
        get
        {
            int count = 0;
            foreach (ulong word in new ReadOnlySpan<ulong>(_words, _wordMemory.Count))
            {
                count += BitOperations.PopCount(word);
            }

            return count;
        }
    }

    /// <summary>The best occupied slot; the window is not empty.</summary>
    public readonly int BestSlot
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => unchecked(
            BitOperations.TrailingZeroCount(_summary) * WordBits
            + BitOperations.TrailingZeroCount(_words[(uint)BitOperations.TrailingZeroCount(_summary)]));
    }

    /// <summary>
    /// The slot of a key, or a number that no window has. Division by the step as multiplication by its
    /// inverse: exact for multiples, and beyond <c>2^64 / step</c> for everything else.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly ulong SlotOf(long key) => unchecked(
        BitOperations.RotateRight((ulong)(key - _lowestKey) * _stepInverse, _stepShift));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool Has(ulong slot) => slot < _length;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly long KeyOf(int slot) => unchecked(_lowestKey + (slot * _step));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly Level* At(ulong slot) => unchecked(_levels + slot);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Mark(ulong slot)
    {
        unchecked
        {
            _words[slot / WordBits] |= 1UL << (int)slot;
            _summary |= 1UL << (int)(slot / WordBits);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Unmark(ulong slot)
    {
        unchecked
        {
            ulong word = _words[slot / WordBits] & ~(1UL << (int)slot);
            _words[slot / WordBits] = word;
            ulong isVacant = word == 0 ? 1UL : 0;
            _summary &= ~(isVacant << (int)(slot / WordBits));
        }
    }

    /// <summary>
    /// The first occupied slot that is not before this one; the window's length when there is none.
    /// </summary>
    public readonly int OccupiedFrom(int slot)
    {
        unchecked
        {
            if (slot >= Length)
            {
                return Length;
            }

            int word = slot / WordBits;
            ulong bits = _words[word] & (ulong.MaxValue << slot);
            if (bits == 0)
            {
                ulong later = _summary & ~((2UL << word) - 1);
                if (later == 0)
                {
                    return Length;
                }

                word = BitOperations.TrailingZeroCount(later);
                bits = _words[word];
            }

            return (word * WordBits) + BitOperations.TrailingZeroCount(bits);
        }
    }

    /// <summary>
    /// The first slot whose key is beyond this one; the window's length when there is none.
    /// </summary>
    public readonly int SlotAfter(long key)
    {
        if (_length == 0 || key < _lowestKey)
        {
            return 0;
        }

        ulong steps = unchecked((ulong)(key - _lowestKey)) / (ulong)_step;
        return steps < _length ? (int)steps + 1 : Length;
    }

    /// <summary>
    /// Whether the window is where it does most good for this best key: with it among the first half, and so
    /// with room on both sides.
    /// </summary>
    public readonly bool IsAround(long bestKey) =>
        _length > 0 && bestKey >= _lowestKey && SlotAfter(bestKey) <= Math.Max(Length / 2, 1);

    /// <summary>
    /// Sets the distance between two levels of a window that is empty. It has no slots until it is moved.
    /// </summary>
    public void SetStep(long step)
    {
        Invariant.Holds(step > 0 && IsEmpty);
        _step = step;
        _stepShift = BitOperations.TrailingZeroCount(step);
        ulong odd = (ulong)step >> _stepShift;
        ulong inverse = odd;
        unchecked
        {
            // Newton's iteration doubles the bits that are right, from three.
            while (inverse * odd != 1)
            {
                inverse *= 2 - (inverse * odd);
            }
        }

        (_stepInverse, _length) = (inverse, 0);
    }

    /// <summary>
    /// Where the window would start to have this key a quarter into it, on the grid of multiples of the step.
    /// </summary>
    /// <param name="gridKey">Some key of the grid.</param>
    public readonly long LowestKeyAround(long bestKey, long gridKey)
    {
        Int128 step = _step;
        Int128 span = step * (LengthMax - 1);
        Int128 fromGrid = (Int128)bestKey - gridKey;
        Int128 remainder = ((fromGrid % step) + step) % step;
        Int128 lowest = bestKey - remainder - (step * (LengthMax / 4));
        Int128 below = long.MinValue - lowest;
        lowest += below > 0 ? (below + step - 1) / step * step : 0;
        Int128 beyond = lowest + span - long.MaxValue;
        lowest -= beyond > 0 ? (beyond + step - 1) / step * step : 0;
        return (long)lowest;
    }

    /// <summary>
    /// Starts the window elsewhere. A level that is occupied takes its orders along if it is in both places;
    /// the caller has taken the others out.
    /// </summary>
    public void MoveTo(long lowestKey)
    {
        if (!IsEmpty)
        {
            Shift((int)(((Int128)lowestKey - _lowestKey) / _step));
        }

        (_lowestKey, _length) = (lowestKey, (ulong)LengthMax);
    }

    /// <summary>Whether a window that starts there would have a slot for the key of this slot.</summary>
    public readonly bool IsKeptByMove(int slot, long lowestKey) =>
        slot - (((Int128)lowestKey - _lowestKey) / _step) is var moved && moved >= 0 && moved < Length;

    /// <summary>A window with a giant step is shorter, so that its keys do not wrap.</summary>
    private readonly int LengthMax => (int)Math.Min(_levelMemory.Count, Math.Max(long.MaxValue / _step, 1));

    private void Shift(int slots)
    {
        Span<Level> levels = new(_levels, _levelMemory.Count);
        Span<ulong> words = new(_words, _wordMemory.Count);
        int kept = levels.Length - Math.Abs(slots);
        (int from, int to) = slots > 0 ? (slots, 0) : (0, -slots);
        levels.Slice(from, kept).CopyTo(levels[to..]);
        (slots > 0 ? levels[kept..] : levels[..to]).Clear();
        words.Clear();
        _summary = 0;
        for (int slot = 0; slot < levels.Length; slot++)
        {
            if (levels[slot].Quantity > 0)
            {
                Mark((ulong)slot);
            }
        }
    }
}
