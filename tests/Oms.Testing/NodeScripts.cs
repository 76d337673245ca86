using System.Diagnostics;
using System.Security.Cryptography;

namespace Oms.Testing;

/// <summary>
/// A folder with a <c>package.json</c>, its lock file and scripts for Node.js. The packages are installed at first use,
/// from the lock file, and stay until that changes.
/// </summary>
public sealed class NodeScripts
{
    /// <summary>Written last: the hash of the lock file that was installed from.</summary>
    private const string StampName = ".installed";

    private static readonly TimeSpan InstallWithin = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan RunWithin = TimeSpan.FromMinutes(1);

    private readonly string _folder;

    private NodeScripts(string folder) => _folder = folder;

    /// <param name="within">Three minutes where it is null.</param>
    /// <exception cref="InvalidOperationException">The packages cannot be installed; npm's words say why.</exception>
    /// <exception cref="TimeoutException">They were not within the time.</exception>
    public static async Task<NodeScripts> Installed(string folder, TimeSpan? within = null)
    {
        NodeScripts scripts = new(folder);
        string modules = Path.Combine(folder, "node_modules");
        string stamp = Path.Combine(modules, StampName);
        string wanted = Convert.ToHexString(
            SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(folder, "package-lock.json"))));
        if (File.Exists(stamp) && await File.ReadAllTextAsync(stamp) == wanted)
        {
            return scripts;
        }

        // What is half there, or of another lock file, would be taken for all of it.
        Remove(modules);
        try
        {
            (int code, string log) = await scripts.Run(
                "npm", ["ci", "--no-audit", "--no-fund"], within ?? InstallWithin);
            if (code != 0)
            {
                throw new InvalidOperationException($"npm ci in {folder}: {log}");
            }
        }
        catch
        {
            Remove(modules);
            throw;
        }

        _ = Directory.CreateDirectory(modules);
        await File.WriteAllTextAsync(stamp, wanted);
        return scripts;
    }

    /// <summary>Runs a script to its end.</summary>
    /// <returns>What it printed; and what it printed to its standard error, where its exit code is not 0.</returns>
    /// <exception cref="TimeoutException">It did not end within a minute; it was ended.</exception>
    public Task<(int Code, string Output)> Run(string script, params string[] arguments) =>
        Run("node", [script, .. arguments], RunWithin);

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

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
            await process.WaitForExitAsync(CancellationToken.None);
            throw new TimeoutException($"{program} {arguments[0]} did not end within {within}: {await errors}");
        }

        return (process.ExitCode, process.ExitCode == 0 ? await output : await output + await errors);
    }
}
