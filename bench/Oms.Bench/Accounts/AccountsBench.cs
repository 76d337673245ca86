using System.Diagnostics;
using Oms.Bench.Desk;
using Oms.Bench.Measuring;
using Oms.Domain;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Engine;

namespace Oms.Bench.Accounts;

/// <summary>
/// What it costs that the next order is of another account: rounds of orders of one account, and of all in turn, beside
/// each other.
/// </summary>
internal sealed class AccountsBench : IDisposable
{
    private const int WarmUpRounds = 2_000;
    private const int OrdersHeldMax = 1 << 14;
    private const long Price = TradingDesk.OpeningPrice - 100;

    private readonly TradingDesk _desk;
    private readonly MemoryLog _log = new();
    private readonly OrderMessages _messages = new();
    private readonly int _accounts;
    private long _number;

    private AccountsBench(int accounts)
    {
        _accounts = accounts;
        _desk = new TradingDesk(_log, accounts, 1, OrdersHeldMax);
    }

    public static AccountsResult Run(int accounts, int rounds)
    {
        _ = Core.TakeLast();
        using var bench = new AccountsBench(accounts);
        _ = bench.Rounds(WarmUpRounds);
        OtherCpuUse others = new();
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        (double[] same, double[] rotating) = bench.Rounds(rounds);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated - (2L * rounds * sizeof(double));
        double sameNs = Samples.Median(same);
        double rotatingNs = Samples.Median(rotating);
        return new()
        {
            Accounts = accounts,
            Rounds = rounds,
            SameNs = sameNs,
            RotatingNs = rotatingNs,
            SwitchNs = Samples.Median(same.Zip(rotating, (one, all) => all - one)),
            OpsPerS = 1e9 / rotatingNs,
            AllocatedBytesPerOp = Math.Max(0, allocated) / (2.0 * rounds * accounts),
            RssMb = Memory.ResidentMegabytes(),
            OthersCpuPercent = others.Percent(),
        };
    }

    public void Dispose() => _log.Dispose();

    /// <summary>Nanoseconds per order, of each round.</summary>
    private (double[] Same, double[] Rotating) Rounds(int rounds)
    {
        double[] same = new double[rounds];
        double[] rotating = new double[rounds];
        for (int round = 0; round < rounds; round++)
        {
            // Of one account that the rounds of all have left as cold as the others.
            uint one = 1 + (uint)(round % _accounts);
            same[round] = Round(_ => one);
            rotating[round] = Round(order => 1 + (uint)(order % _accounts));
        }

        return (same, rotating);
    }

    /// <summary>An order for each account, timed; then their cancels, which are not.</summary>
    private double Round(Func<int, uint> accountOf)
    {
        long first = _number + 1;
        long began = Stopwatch.GetTimestamp();
        for (int order = 0; order < _accounts; order++)
        {
            Send(_messages.Place(
                new AccountId(accountOf(order)), new InstrumentId(1), ++_number, Side.Buy, Price, 1 + (order % 7)));
        }

        _log.Commit();
        double nanos = Stopwatch.GetElapsedTime(began).TotalNanoseconds / _accounts;
        for (int order = 0; order < _accounts; order++)
        {
            Send(_messages.Cancel(new AccountId(accountOf(order)), TradingDesk.OrderIdOf(first + order)));
        }

        _log.Commit();
        return nanos;
    }

    private void Send(Span<byte> message)
    {
        Outbox said = _desk.Apply(message);
        Invariant.Holds(MessageBytes.As<ExecutionReport>(said.Messages).ExecutionType is
            ExecutionType.New or ExecutionType.Canceled);
    }
}
