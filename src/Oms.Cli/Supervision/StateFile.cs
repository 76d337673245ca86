using System.Text.Json;
using Oms.Cli.Preparation;
using Oms.Domain.Configuration;

namespace Oms.Cli.Supervision;

/// <summary>The supervisor's state for other commands. Written as one, and only when it changed.</summary>
internal sealed class StateFile(DataFolder data)
{
    private string _written = "";

    public string Path { get; } = System.IO.Path.Combine(data.Run, "supervisor.json");

    private string DamagedPath => Path + ".damaged";

    /// <summary>Null when no supervisor runs, or the last one stopped in order, or it is damaged.</summary>
    public SupervisorReport? Read() => Read(out _);

    /// <param name="problem">Why there is no report, in words; empty when there is one.</param>
    public SupervisorReport? Read(out string problem)
    {
        problem = "";
        try
        {
            byte[] json = File.ReadAllBytes(Path);
            return JsonSerializer.Deserialize(json, SupervisionJson.Default.SupervisorReport)
                ?? throw new JsonException();
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            problem = $"{Path} is missing";
            return null;
        }
        catch (Exception exception)
            when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            string reason =
                exception is JsonException ? "it is not the JSON that is expected" : exception.Message;
            problem = $"{Path} is damaged: {reason}";
            return null;
        }
    }

    /// <summary>Moves a damaged file away. Only while holding the supervisor's lock.</summary>
    /// <returns>What was done, in words; null when there was no need.</returns>
    public string? SetAsideDamaged()
    {
        if (Read(out string problem) is not null || !File.Exists(Path))
        {
            return null;
        }

        File.Move(Path, DamagedPath, overwrite: true);
        return $"{problem}; moved it to {DamagedPath}";
    }

    /// <summary>Also when somebody else removed or cut it.</summary>
    public void Write(SupervisorReport report)
    {
        string json = JsonSerializer.Serialize(report, SupervisionJson.Default.SupervisorReport);
        if (json != _written || !IsWhole(json))
        {
            PrivateFile.CreateFolder(data.Run);
            PrivateFile.Write(Path, json);
            _written = json;
        }
    }

    public void Delete() => File.Delete(Path);

    // The length tells: the JSON has ASCII only.
    private bool IsWhole(string json)
    {
        var file = new FileInfo(Path);
        return file.Exists && file.Length == json.Length;
    }
}
