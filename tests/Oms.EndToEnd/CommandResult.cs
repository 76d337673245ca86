using System.Text.Json;

namespace Oms.EndToEnd;

/// <summary>What a command printed, and how it ended.</summary>
internal sealed record CommandResult(string CommandLine, int ExitCode, string Output, string Errors)
{
    /// <summary>Standard output as JSON: one object per line.</summary>
    public IReadOnlyList<JsonElement> Json =>
        [.. Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(ParseLine)];

    /// <summary>This result, if the command ended as expected; otherwise a failure that shows all.</summary>
    public CommandResult Expect(int exitCode)
    {
        Assert.True(
            exitCode == ExitCode,
            $"{CommandLine}: exit code {ExitCode}, expected {exitCode}\n{Output}{Errors}");
        return this;
    }

    private JsonElement ParseLine(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return document.RootElement.Clone();
        }
        catch (JsonException problem)
        {
            throw new Xunit.Sdk.XunitException(
                $"{CommandLine}: not JSON: {line}\n{problem.Message}\n{Errors}");
        }
    }
}
