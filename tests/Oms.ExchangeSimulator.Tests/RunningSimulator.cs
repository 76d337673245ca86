namespace Oms.ExchangeSimulator.Tests;

/// <summary>One simulator for the tests of a class.</summary>
public sealed class RunningSimulator : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private SimulatorProcess? _process;

    internal SimulatorProcess Process => _process ?? throw new InvalidOperationException("not started");

    public async ValueTask InitializeAsync() => _process = await SimulatorProcess.StartAsync(_directory.Path);

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        _directory.Dispose();
    }
}
