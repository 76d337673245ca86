using System.CommandLine;
using System.Text.Json;
using Oms.Bench.Measuring;

namespace Oms.Bench.Engine;

/// <summary><c>engine</c>: orders through the books.</summary>
internal static class EngineCommand
{
    private const int SymbolsMax = 10_000;
    private const int DepthMax = 200_000;
    private const int CountMin = 1_000;
    private const int CountMax = 50_000_000;
    private const int PassesMax = 1_000;

    public static Command Create()
    {
        Option<int> symbols = BenchOptions.Number("--symbols", "How many books.", 1, 1, SymbolsMax);
        Option<int> depth = BenchOptions.Number("--depth", "Orders added to each before that.", 2_000, 1, DepthMax);
        Option<int> count = BenchOptions.Number("--count", "Commands under the clock.", 3_000_000, CountMin, CountMax);
        Option<int> passes = BenchOptions.Number("--passes", "Runs of which the median counts.", 9, 1, PassesMax);
        Option<int> tickSize = BenchOptions.Number(
            "--tick-size",
            "Of our books; the prices' own is 1, with 1000 almost all are off the tick.",
            1,
            1,
            int.MaxValue);
        var seed = new Option<ulong>("--seed")
        {
            Description = "Of the generator; 0 is none. Without it, the published one.",
            HelpName = "X",
            DefaultValueFactory = _ => Workloads.Workload.PublishedSeed,
        };
        seed.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && result.GetValueOrDefault<ulong>() == 0)
            {
                result.AddError("--seed: 0 generates nothing");
            }
        });
        var full = new Option<bool>("--full")
        {
            Description = "The whole core: risk ladder, ledger, lifecycle and log records too.",
        };
        Option<bool> json = BenchOptions.Json();
        var command = new Command("engine", "Matching: commands in, events out, one thread.")
        {
            symbols, depth, count, seed, passes, tickSize, full, json,
        };
        command.SetAction(arguments => Run(
            new EngineSettings(
                arguments.GetValue(symbols),
                arguments.GetValue(depth),
                arguments.GetValue(count),
                arguments.GetValue(seed),
                arguments.GetValue(passes),
                arguments.GetValue(tickSize),
                arguments.GetValue(full)),
            arguments.GetValue(json)));
        return command;
    }

    private static int Run(EngineSettings settings, bool asJson)
    {
        EngineResult result = EngineBench.Run(settings);
        if (asJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(result, BenchJson.Default.EngineResult));
        }
        else
        {
            EngineTable.Write(result);
        }

        return result.IsAsPublished != false && result.IsSameInAllPasses ? ExitCode.Done : ExitCode.Wrong;
    }
}
