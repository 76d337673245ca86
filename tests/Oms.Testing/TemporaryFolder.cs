namespace Oms.Testing;

/// <summary>An empty folder of its own that is gone, with all in it, after <see cref="Dispose"/>.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder(string purpose = "test") =>
        Path = Directory.CreateTempSubdirectory($"oms-{purpose}-").FullName;

    public string Path { get; }

    /// <summary>The path of a file or folder inside.</summary>
    public string this[params ReadOnlySpan<string> parts] =>
        System.IO.Path.Combine([Path, .. parts]);

    public void Dispose()
    {
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
