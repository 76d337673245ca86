using System.CommandLine;

namespace Oms.Bench.Measuring;

/// <summary>Options that several benchmarks have.</summary>
internal static class BenchOptions
{
    public static Option<bool> Json() => new("--json") { Description = "One JSON object, nothing else." };

    /// <summary>A whole number within bounds.</summary>
    public static Option<int> Number(string name, string description, int normal, int min, int max)
    {
        var option = new Option<int>(name)
        {
            Description = description,
            HelpName = "N",
            DefaultValueFactory = _ => normal,
        };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is var number && (number < min || number > max))
            {
                result.AddError($"{name}: {number} is not from {min} to {max}");
            }
        });
        return option;
    }
}
