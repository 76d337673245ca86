using Microsoft.Extensions.Time.Testing;
using Oms.Cli.Preparation;
using Oms.Configuration;
using Oms.Domain.Configuration;
using Oms.Testing;

namespace Oms.Cli.Tests;

/// <summary>A data folder that was prepared once: a derivation of its keys costs too much for each test.</summary>
public sealed class PreparedFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new("prepared");

    public PreparedFolder()
    {
        string configs = Path.Combine(AppContext.BaseDirectory, "configs");
        SystemConfiguration system = ConfigurationFolder.Load(configs);
        PreparedDeployment.Write(
            new(_folder.Path), system, ConfigurationFolder.LoadSimulator(configs, system), new FakeTimeProvider());
    }

    /// <summary>Makes another of the same content, open to the same eyes.</summary>
    public void CopyTo(string target)
    {
        foreach (string source in Directory.EnumerateDirectories(_folder.Path, "*", SearchOption.AllDirectories)
            .Prepend(_folder.Path))
        {
            string folder = Path.Combine(target, Path.GetRelativePath(_folder.Path, source));
            _ = Directory.CreateDirectory(folder, File.GetUnixFileMode(source));
            foreach (string file in Directory.EnumerateFiles(source))
            {
                File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
            }
        }
    }

    public void Dispose() => _folder.Dispose();
}
