using Oms.Bench.Measuring;
using Oms.Grains.Accounts;

namespace Oms.Bench.Grains;

/// <summary>Account grains in the silo's own host, called from within it; nothing is stored.</summary>
internal static class GrainsBench
{
    private const int Accounts = 200;
    private const int WarmUpCalls = 100_000;

    public static async Task<GrainsResult> Run(string folder, int calls, int callers)
    {
        await using BenchSilo silo = await BenchSilo.Start(folder);
        IAccountGrain[] grains = [.. Enumerable.Range(0, Accounts).Select(silo.Account)];
        Task Call(int number) => grains[number % Accounts].GetLastSequence();
        _ = await GrainCalls.InTurn(WarmUpCalls, Call);
        OtherCpuUse others = new();
        Latencies single = await GrainCalls.InTurn(Math.Min(calls, WarmUpCalls), Call);
        double perSecond = await GrainCalls.AtOnce(callers, calls / callers, (caller, number) => Call(caller + number));
        return new()
        {
            Grains = Accounts,
            Callers = callers,
            CallsPerS = perSecond,
            CallUsP50 = single.P50 / 1000.0,
            CallUsP99 = single.P99 / 1000.0,
            RssMb = Memory.ResidentMegabytes(),
            OthersCpuPercent = others.Percent(),
        };
    }
}
