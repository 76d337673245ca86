using System.Diagnostics;

namespace Oms.Bench.Measuring;

/// <summary>A process of a benchmark; it ends with it.</summary>
internal sealed class Child : IDisposable
{
    private readonly Process _process;

    private Child(Process process) => _process = process;

    public bool HasExited => _process.HasExited;

    public int Id => _process.Id;

    public static Child Start(string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return new(Process.Start(start)!);
    }

    /// <summary>Returns what it says behind a sign, once it says so.</summary>
    /// <exception cref="InvalidOperationException">It ended without.</exception>
    /// <exception cref="OperationCanceledException">It was not said in time.</exception>
    public async Task<string> SaidBehind(string sign, CancellationToken cancellation)
    {
        while (await _process.StandardOutput.ReadLineAsync(cancellation) is { } line)
        {
            if (line.StartsWith(sign, StringComparison.Ordinal))
            {
                return line[sign.Length..];
            }
        }

        throw new InvalidOperationException($"{_process.StartInfo.FileName} ended before it said '{sign}'");
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.WaitForExit();
        _process.Dispose();
    }
}
