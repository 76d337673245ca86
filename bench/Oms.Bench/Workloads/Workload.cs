namespace Oms.Bench.Workloads;

/// <summary>
/// The published stream of commands W(symbols, depth, count): adds, cancels and immediate orders around
/// middles that wander. The generator never sees a fill, so that about a fifth of its cancels come too late.
/// All arithmetic wraps.
/// </summary>
internal sealed class Workload
{
    public const ulong PublishedSeed = 88172645463325252;

    private const int MiddleFirst = 10_000;
    private const int MiddleRange = 100;
    private const int Accounts = 200;
    private const int QuantityMax = 100;
    private const int DistanceMax = 100;

    private readonly int _depth;
    private readonly int[] _middle;
    private readonly List<long>[] _live;
    private ulong _state;

    /// <param name="symbols">S: how many books.</param>
    /// <param name="depth">D: orders added to each book before the clock runs.</param>
    /// <param name="count">N: commands after that.</param>
    public Workload(int symbols, int depth, int count, ulong seed = PublishedSeed)
    {
        (Symbols, _depth, _state) = (symbols, depth, seed);
        _middle = [.. Enumerable.Repeat(MiddleFirst, symbols)];
        _live = [.. Enumerable.Range(0, symbols).Select(_ => new List<long>(2 * depth))];
        Prefill = new WorkloadCommand[symbols * depth];
        for (int index = 0; index < Prefill.Length; index++)
        {
            Prefill[index] = Add(index % symbols);
        }

        Commands = new WorkloadCommand[count];
        for (int index = 0; index < count; index++)
        {
            Commands[index] = Next();
        }
    }

    public int Symbols { get; }

    public WorkloadCommand[] Prefill { get; }

    public WorkloadCommand[] Commands { get; }

    /// <summary>The largest order id; all from 1 on are used.</summary>
    public long LastId { get; private set; }

    /// <summary>Of all commands, prefill first.</summary>
    public Checksum Checksum()
    {
        Checksum checksum = new();
        foreach (WorkloadCommand[] part in (WorkloadCommand[][])[Prefill, Commands])
        {
            foreach (WorkloadCommand command in part)
            {
                checksum.Fold(
                    (ulong)command.Kind | ((ulong)command.Side << 8) | ((ulong)command.Symbol << 16)
                    | ((ulong)command.Account << 32));
                checksum.Fold(command.Id);
                checksum.Fold((uint)command.Price | ((ulong)(uint)command.Quantity << 32));
            }
        }

        return checksum;
    }

    // The draws are in the order that is published: each decides what the later ones mean.
    private WorkloadCommand Next()
    {
        int symbol = Draw(_middle.Length);
        if (Draw(64) == 0)
        {
            int moved = _middle[symbol] + (Draw(2) == 0 ? 1 : -1);
            _middle[symbol] = Math.Clamp(moved, MiddleFirst - MiddleRange, MiddleFirst + MiddleRange);
        }

        int choice = Draw(100);
        int live = _live[symbol].Count;
        if (choice < 10)
        {
            return Immediate(symbol);
        }

        return (choice < 55 && live < 2 * _depth) || live <= _depth / 2 ? Add(symbol) : Cancel(symbol);
    }

    private WorkloadCommand Immediate(int symbol)
    {
        int side = Draw(2);
        int quantity = 1 + Draw(QuantityMax);
        int account = Draw(Accounts);
        int price = side == 0 ? 2 * MiddleFirst : 1;
        return new WorkloadCommand(
            CommandKind.Immediate, (byte)side, (ushort)symbol, (uint)account, ++LastId, price, quantity);
    }

    private WorkloadCommand Add(int symbol)
    {
        int side = Draw(2);
        int one = Draw(DistanceMax);
        int other = Draw(DistanceMax);
        int distance = 1 + Math.Min(one, other);
        int price = side == 0 ? _middle[symbol] - distance : _middle[symbol] + distance;
        int quantity = 1 + Draw(QuantityMax);
        int account = Draw(Accounts);
        _live[symbol].Add(++LastId);
        return new WorkloadCommand(
            CommandKind.Add, (byte)side, (ushort)symbol, (uint)account, LastId, price, quantity);
    }

    private WorkloadCommand Cancel(int symbol)
    {
        List<long> live = _live[symbol];
        int index = Draw(live.Count);
        long id = live[index];
        live[index] = live[^1];
        live.RemoveAt(live.Count - 1);
        return new WorkloadCommand(CommandKind.Cancel, 0, (ushort)symbol, 0, id, 0, 0);
    }

    private int Draw(int below) => (int)(((NextState() >> 32) * (ulong)below) >> 32);

    private ulong NextState()
    {
        _state ^= _state >> 12;
        _state ^= _state << 25;
        _state ^= _state >> 27;
        return unchecked(_state * 0x2545F4914F6CDD1D);
    }
}
