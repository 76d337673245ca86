using System.Text.Json;

namespace Oms.ExchangeSimulator.Judge;

/// <summary>Reads a scenario, and says all that is wrong with it: where, and what.</summary>
internal static class ScenarioReader
{
    private const int StepsMax = 10_000;

    /// <param name="json">The whole of it.</param>
    /// <param name="check">What is wrong with a fault.</param>
    /// <returns>The scenario, or a line for each problem.</returns>
    public static (Scenario? Scenario, IReadOnlyList<string> Problems) Read(
        ReadOnlySpan<byte> json, Func<FaultRequest, IReadOnlyList<string>> check)
    {
        Scenario? scenario;
        try
        {
            scenario = JsonSerializer.Deserialize(json, JudgeJson.Default.Scenario);
        }
        catch (JsonException exception)
        {
            return (null, [JudgeJson.Problem(exception)]);
        }

        if (scenario is not { Steps.Count: > 0 and <= StepsMax })
        {
            return (null, [$"steps: must be 1 to {StepsMax}"]);
        }

        List<string> problems = [];
        for (int index = 0; index < scenario.Steps.Count; index++)
        {
            problems.AddRange(Problems(scenario.Steps[index], check).Select(problem => $"steps[{index}]{problem}"));
        }

        return problems.Count == 0 ? (scenario, problems) : (null, problems);
    }

    private static IEnumerable<string> Problems(
        ScenarioStep? step, Func<FaultRequest, IReadOnlyList<string>> check)
    {
        if (step is null)
        {
            yield return ": is null";
            yield break;
        }

        if (step.AfterMs is null == step.AfterRequests is null)
        {
            yield return ": needs either after_ms or after_requests";
        }

        if (step.AfterMs < 0 || step.AfterRequests < 0)
        {
            yield return ": after_ms and after_requests must not be negative";
        }

        if (step.Faults is not { Count: > 0 })
        {
            yield return ".faults: must not be empty";
            yield break;
        }

        for (int index = 0; index < step.Faults.Count; index++)
        {
            IReadOnlyList<string> problems = step.Faults[index] is { } fault ? check(fault) : ["is null"];
            foreach (string problem in problems)
            {
                yield return $".faults[{index}].{problem}";
            }
        }
    }
}
