namespace Oms.ExchangeSimulator.Tests;

/// <summary>A folder that is gone when the test is.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("exchange-simulator-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
