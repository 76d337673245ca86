using System.Diagnostics;

namespace Oms.Testing;

/// <summary>
/// A folder with a <c>package.json</c>, its lock file and scripts for Node.js. The packages are installed at first use,
/// from the lock file, and stay.
/// </summary>
public sealed class NodeScripts
{
    private static readonly TimeSpan InstallWithin = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan RunWithin = TimeSpan.FromMinutes(1);

    private readonly string _folder;

    private NodeScripts(string folder) => _folder = folder;

    /// <exception cref="InvalidOperationException">The packages cannot be installed; npm's words say why.</exception>
    public static async Task<NodeScripts> Installed(string folder)
    {
        NodeScripts scripts = new(folder);
        string modules = Path.Combine(folder, "node_modules");
        if (!Directory.Exists(modules))
        {
            (int code, string log) = await scripts.Run("npm", ["ci", "--no-audit", "--no-fund"], InstallWithin);
            if (code != 0)
            {
                // What is half there would be taken for all of it the next time.
                _ = Directory.CreateDirectory(modules);
                Directory.Delete(modules, recursive: true);
                throw new InvalidOperationException($"npm ci in {folder}: {log}");
            }
        }

        return scripts;
    }

    /// <summary>Runs a script to its end.</summary>
    /// <returns>What it printed; and what it printed to its standard error, where its exit code is not 0.</returns>
    /// <exception cref="TimeoutException">It did not end within a minute; it was ended.</exception>
    public Task<(int Code, string Output)> Run(string script, params string[] arguments) =>
        Run("node", [script, .. arguments], RunWithin);

    private async Task<(int Code, string Output)> Run(string program, string[] arguments, TimeSpan within)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = _folder, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        using CancellationTokenSource deadline = new(within);
        try
        {
            await process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {arguments[0]} did not end within {within}: {await errors}");
        }

        return (process.ExitCode, process.ExitCode == 0 ? await output : await output + await errors);
    }
}
