using Oms.Domain.Accounts;
using Oms.Domain.Configuration;
using Oms.SharedMemory.Regions;
using Oms.Testing;

namespace Oms.Silo.Tests;

/// <summary>
/// A data folder, a region in shared memory and a configuration of two accounts, all gone afterwards.
/// </summary>
internal sealed class Deployment : IDisposable
{
    public static readonly AccountName Main = new("binance", "main");
    public static readonly AccountName Sub = new("binance", "sub_spot_arb");

    private readonly TemporaryFolder _folder = new("silo");

    public Deployment()
    {
        Data = new(_folder["data"]);
        _ = Directory.CreateDirectory(Data.Run);
        Region = SharedRegion.ForDataFolder(Data.Path);
        ConfigsPath = _folder["configs"];
    }

    public DataFolder Data { get; }

    public SharedRegion Region { get; }

    public string ConfigsPath { get; }

    /// <summary>What the silo reads before it connects.</summary>
    public void Configure(OmsNats nats)
    {
        _ = Directory.CreateDirectory(ConfigsPath);
        File.WriteAllText(Data.NatsPasswordFile, nats.Password);
        foreach ((string file, string text) in ConfigurationTexts.Of(nats.Port))
        {
            File.WriteAllText(Path.Combine(ConfigsPath, file), text);
        }
    }

    public void Dispose()
    {
        Region.Delete();
        _folder.Dispose();
    }
}
