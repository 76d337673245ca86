using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Oms.Simulation.World;

namespace Oms.Simulation;

/// <summary><c>oms sim</c>: one seed step by step, or new seeds for some minutes.</summary>
internal static class SimulationCommand
{
    private const string Usage = "usage: oms sim SEED | oms sim --minutes N [--from SEED]";

    public static int Run(string[] arguments)
    {
        switch (arguments)
        {
            case [var text] when ulong.TryParse(text, CultureInfo.InvariantCulture, out ulong seed):
                return RunOne(seed);
            case ["--minutes", var text] when double.TryParse(text, CultureInfo.InvariantCulture, out double minutes):
                return RunMany(TimeSpan.FromMinutes(minutes), NewSeeds());
            case ["--minutes", var text, "--from", var from]
                when double.TryParse(text, CultureInfo.InvariantCulture, out double minutes)
                && ulong.TryParse(from, CultureInfo.InvariantCulture, out ulong seed):
                return RunMany(TimeSpan.FromMinutes(minutes), seed);
            default:
                Console.Error.WriteLine(Usage);
                return 2;
        }
    }

    private static int RunOne(ulong seed)
    {
        using var run = new SimulatedRun(seed, output: Console.Out);
        int code = Play(run);
        Console.WriteLine($"{run.Step} steps{Environment.NewLine}{run.Tally}");
        Console.WriteLine($"seed {seed}: {(code == 0 ? "passed" : "failed")}, hash {run.Hash:x16}");
        return code;
    }

    /// <summary>Seeds that nobody has run: the printed first one names all of them.</summary>
    private static ulong NewSeeds() => BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(4)) * 1000UL;

    private static int RunMany(TimeSpan duration, ulong first)
    {
        Console.WriteLine($"seeds from {first} on");
        long started = Stopwatch.GetTimestamp();
        var tally = new Tally();
        int code = 0;
        ulong seed = first;
        long steps = 0;
        for (; code == 0 && Stopwatch.GetElapsedTime(started) < duration; seed++)
        {
            using var run = new SimulatedRun(seed);
            code = Play(run);
            tally.AddAll(run.Tally);
            steps += run.Step;
        }

        Console.WriteLine($"{seed - first} runs, {steps} steps, of these:{Environment.NewLine}{tally}");
        return code;
    }

    private static int Play(SimulatedRun run)
    {
        try
        {
            run.Play();
            return 0;
        }
        catch (RunFailedException problem)
        {
            Console.WriteLine($"{problem.Message}{Environment.NewLine}{problem.InnerException}");
            Console.WriteLine($"again: ./oms sim {run.Seed}");
            return 1;
        }
    }
}
