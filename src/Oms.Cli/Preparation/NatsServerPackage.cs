using System.Diagnostics;
using Oms.Cli.Linux;

namespace Oms.Cli.Preparation;

/// <summary>nats-server, from the distribution's packages where it is missing.</summary>
internal sealed class NatsServerPackage(SearchPath programs, bool isRoot)
{
    private const string Program = "nats-server";
    private const string ByHand = "apt-get update && apt-get install --yes nats-server";

    public static NatsServerPackage ForUser { get; } =
        new(SearchPath.OfUser, Environment.IsPrivilegedProcess);

    /// <returns>The path of the program.</returns>
    /// <exception cref="RefusedException">It cannot be installed; says the line to type.</exception>
    public async Task<string> EnsureAsync(TextWriter output, CancellationToken cancellation)
    {
        if (programs.Find(Program) is { } present)
        {
            return present;
        }

        string apt = programs.Find("apt-get")
            ?? throw new RefusedException("nats-server is missing, and so is apt-get to install it");
        string[] asRoot = await RootPrefixAsync(cancellation)
            ?? throw new RefusedException(
                $"nats-server is missing, and installing it needs root. Type: sudo sh -c '{ByHand}'");
        await output.WriteLineAsync("nats-server is missing: installing it with apt-get");
        _ = await RunAsync([.. asRoot, apt, "update", "-q"], cancellation);
        string failure = await RunAsync(
            [.. asRoot, apt, "install", "--yes", "-q", "--no-install-recommends", Program], cancellation);
        return programs.Find(Program) ?? throw new RefusedException(
            $"nats-server could not be installed. Type: {ByHand}{Environment.NewLine}{failure.Trim()}");
    }

    private async Task<string[]?> RootPrefixAsync(CancellationToken cancellation)
    {
        if (isRoot)
        {
            return [];
        }

        return programs.Find("sudo") is { } sudo && await RunAsync([sudo, "-n", "true"], cancellation) is ""
            ? [sudo, "-n"]
            : null;
    }

    /// <returns>Empty when it went well, else what the program printed.</returns>
    private static async Task<string> RunAsync(string[] command, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["DEBIAN_FRONTEND"] = "noninteractive";
        using Process process = Process.Start(start)
            ?? throw new RefusedException($"{command[0]} cannot be started");
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(cancellation);
        Task<string> errors = process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        string printed = await output + await errors;
        return process.ExitCode == 0 ? "" : $"{printed}\nexit code {process.ExitCode}";
    }
}
