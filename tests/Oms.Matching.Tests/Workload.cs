namespace Oms.Matching.Tests;

/// <summary>
/// The published stream of commands W(symbols, depth, count): a generator that never sees fills, so that its
/// cancels come too late as often as real ones do. All arithmetic wraps.
/// </summary>
internal sealed class Workload(int symbols, int depth, int count)
{
    public const byte Add = 1;
    public const byte Cancel = 2;
    public const byte Immediate = 3;

    private readonly List<Record> _records = [];
    private readonly List<long>[] _live = [.. Enumerable.Range(0, symbols).Select(_ => new List<long>())];
    private readonly long[] _mid = [.. Enumerable.Repeat(10_000L, symbols)];
    private ulong _state = 88172645463325252;
    private long _id;

    public readonly record struct Record(
        byte Kind, byte Side, ushort Symbol, uint Account, long Id, int Price, int Quantity);

    public IReadOnlyList<Record> Generate()
    {
        for (int round = 0; round < depth; round++)
        {
            for (int symbol = 0; symbol < symbols; symbol++)
            {
                AddOrder(symbol);
            }
        }

        for (int step = 0; step < count; step++)
        {
            Step();
        }

        return _records;
    }

    private void Step()
    {
        int symbol = Random(symbols);
        if (Random(64) == 0)
        {
            _mid[symbol] = Math.Clamp(_mid[symbol] + (Random(2) == 0 ? 1 : -1), 9_900, 10_100);
        }

        int draw = Random(100);
        List<long> live = _live[symbol];
        if (draw < 10)
        {
            byte side = (byte)Random(2);
            int quantity = 1 + Random(100);
            uint account = (uint)Random(200);
            _records.Add(new Record(
                Immediate, side, (ushort)symbol, account, ++_id, side == 0 ? 20_000 : 1, quantity));
        }
        else if ((draw < 55 && live.Count < 2 * depth) || live.Count <= depth / 2)
        {
            AddOrder(symbol);
        }
        else
        {
            int index = Random(live.Count);
            long target = live[index];
            live[index] = live[^1];
            live.RemoveAt(live.Count - 1);
            _records.Add(new Record(Cancel, 0, (ushort)symbol, 0, target, 0, 0));
        }
    }

    private void AddOrder(int symbol)
    {
        byte side = (byte)Random(2);
        int a = Random(100);
        int b = Random(100);
        int distance = 1 + Math.Min(a, b);
        int price = (int)(side == 0 ? _mid[symbol] - distance : _mid[symbol] + distance);
        int quantity = 1 + Random(100);
        uint account = (uint)Random(200);
        _live[symbol].Add(++_id);
        _records.Add(new Record(Add, side, (ushort)symbol, account, _id, price, quantity));
    }

    private int Random(int below) => (int)(((Next() >> 32) * (ulong)below) >> 32);

    private ulong Next()
    {
        _state ^= _state >> 12;
        _state ^= _state << 25;
        _state ^= _state >> 27;
        return unchecked(_state * 0x2545F4914F6CDD1D);
    }
}
