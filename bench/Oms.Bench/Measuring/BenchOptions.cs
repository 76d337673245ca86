using System.CommandLine;

namespace Oms.Bench.Measuring;

/// <summary>Options that several benchmarks have.</summary>
internal static class BenchOptions
{
    public static Option<bool> Json() => new("--json") { Description = "One JSON object, nothing else." };

    /// <summary>Where files of a run may be; they are removed after it.</summary>
    public static Option<string> Folder() => new("--folder")
    {
        Description = "Where the files of the run are, which are removed after it; on the disk that is meant.",
        HelpName = "DIR",
        DefaultValueFactory = _ => Path.Combine(
            Environment.GetEnvironmentVariable("OMS_HOME") ?? Path.GetTempPath(), "artifacts"),
    };

    /// <summary>A folder of the run's own there.</summary>
    public static string FolderOf(ParseResult arguments, Option<string> folder) =>
        Path.Combine(arguments.GetValue(folder)!, $"bench-{Environment.ProcessId}");

    /// <summary>Runs in a folder of the run's own, which is gone afterwards.</summary>
    public static async Task<int> InFolder(ParseResult arguments, Option<string> folder, Func<string, Task<int>> run)
    {
        string path = FolderOf(arguments, folder);
        _ = Directory.CreateDirectory(path);
        try
        {
            return await run(path);
        }
        finally
        {
            Directory.Delete(path, recursive: true);
        }
    }

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
