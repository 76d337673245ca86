using System.Diagnostics;
using Oms.Bench.Desk;
using Oms.Bench.Engine;
using Oms.Bench.Measuring;
using Oms.Bench.Workloads;
using Oms.Domain;
using Oms.Domain.Ids;
using Oms.Domain.Orders;
using Oms.Engine.Holdings;
using Oms.Engine.Risk;
using Oms.Engine.State;

namespace Oms.Bench.Risk;

/// <summary>
/// The ladder of refusals alone, over accounts that have traded: orders of accounts in turn that shuffles, none of them
/// refused.
/// </summary>
internal static class RiskBench
{
    private const int WarmUpChecks = 500_000;
    private const int TradedBefore = 200_000;
    private const int Depth = 2_000;

    public static RiskResult Run(int checks)
    {
        _ = Core.TakeLast();
        var workload = new Workload(1, Depth, TradedBefore);
        using var engine = new FullEngine(workload);
        var events = new EventBuffer();
        engine.Execute(workload.Prefill, workload.Commands, events);
        var orders = new Workload(1, Depth, WarmUpChecks, Workload.PublishedSeed / 2);
        OtherCpuUse others = new();
        _ = Time(engine, orders, WarmUpChecks);
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        long[] ticks = new long[checks];
        long allocatedByTicks = GC.GetAllocatedBytesForCurrentThread() - allocated;
        Time(engine, orders, ticks);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated - allocatedByTicks;
        Latencies latencies = Latencies.Of(ticks);
        return new()
        {
            Checks = checks,
            Accounts = FullEngine.Accounts,
            NsP50 = latencies.P50,
            NsP90 = latencies.P90,
            NsP99 = latencies.P99,
            NsP999 = latencies.P999,
            NsMax = latencies.Max,
            OpsPerS = Rate(engine, orders, checks),
            AllocatedBytesPerOp = allocated / (double)checks,
            RssMb = Memory.ResidentMegabytes(),
            OthersCpuPercent = others.Percent(),
        };
    }

    private static long[] Time(FullEngine engine, Workload orders, int checks)
    {
        long[] ticks = new long[checks];
        Time(engine, orders, ticks);
        return ticks;
    }

    private static void Time(FullEngine engine, Workload orders, long[] ticks)
    {
        EngineState state = engine.State;
        RiskLadder ladder = engine.Risk;
        InstrumentState instrument = state.Instrument(new InstrumentId(1));
        for (int check = 0; check < ticks.Length; check++)
        {
            OrderTerms terms = TermsOf(in orders.Commands[check % orders.Commands.Length], out AccountId id);
            long before = Stopwatch.GetTimestamp();
            RejectReason reason = ladder.Check(
                state.FindAccount(id), instrument, in terms, default, out _, out _, out _);
            ticks[check] = Stopwatch.GetTimestamp() - before;
            Invariant.Holds(reason == RejectReason.None);
        }
    }

    /// <summary>Without a look at the clock in between.</summary>
    private static double Rate(FullEngine engine, Workload orders, int checks)
    {
        EngineState state = engine.State;
        RiskLadder ladder = engine.Risk;
        InstrumentState instrument = state.Instrument(new InstrumentId(1));
        int refused = 0;
        long began = Stopwatch.GetTimestamp();
        for (int check = 0; check < checks; check++)
        {
            OrderTerms terms = TermsOf(in orders.Commands[check % orders.Commands.Length], out AccountId id);
            refused += ladder.Check(
                state.FindAccount(id), instrument, in terms, default, out Holding? _, out _, out _) == 0 ? 0 : 1;
        }

        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        Invariant.Holds(refused == 0);
        return checks / seconds;
    }

    /// <summary>An order of what the workload does; its cancels are orders too.</summary>
    private static OrderTerms TermsOf(in WorkloadCommand command, out AccountId account)
    {
        account = new(1 + (uint)((command.Account + command.Id) % FullEngine.Accounts));
        return new()
        {
            Side = command.Side == 0 ? Side.Buy : Side.Sell,
            Type = OrderType.Limit,
            TimeInForce = TimeInForce.GoodTillCancel,
            Price = command.Kind == CommandKind.Add ? command.Price : TradingDesk.OpeningPrice,
            Quantity = Math.Max(1, command.Quantity),
        };
    }
}
