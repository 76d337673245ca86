using System.Diagnostics;
using System.Text.Json;

namespace Oms.Gateway.Tests.Kit;

/// <summary>A run of <c>oms</c> that has ended.</summary>
internal sealed record OmsCommand(int ExitCode, string Output, string Errors)
{
    private static readonly string Executable = Path.Combine(AppContext.BaseDirectory, "oms");

    /// <summary>The lines of the output, each a JSON object; what is none fails the test.</summary>
    public List<JsonElement> Json =>
        [.. Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement)];

    public static Process Start(TestDeployment deployment, params string[] arguments)
    {
        var start = new ProcessStartInfo(Executable)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] all = [.. arguments, "--configs", deployment.Configs, "--data", deployment.Data.Path];
        foreach (string argument in all)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    public static async Task<OmsCommand> Run(TestDeployment deployment, params string[] arguments)
    {
        using Process process = Start(deployment, arguments);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        try
        {
            await process.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }

        return new(process.ExitCode, await output, (await errors).Trim());
    }
}
