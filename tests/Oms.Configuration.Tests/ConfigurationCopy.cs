namespace Oms.Configuration.Tests;

/// <summary>A copy of <c>configs/</c> in a temporary folder, to be damaged.</summary>
internal sealed class ConfigurationCopy : IDisposable
{
    public static readonly string Original = System.IO.Path.Combine(AppContext.BaseDirectory, "configs");

    public ConfigurationCopy()
    {
        Path = Directory.CreateTempSubdirectory("oms-configs-").FullName;
        foreach (string file in Directory.GetFiles(Original, "*.yaml"))
        {
            File.Copy(file, Of(System.IO.Path.GetFileName(file)));
        }
    }

    public string Path { get; }

    public string Of(string file) => System.IO.Path.Combine(Path, file);

    public void Replace(string file, string text, string by)
    {
        string before = File.ReadAllText(Of(file));
        Assert.Contains(text, before);
        int at = before.IndexOf(text, StringComparison.Ordinal);
        File.WriteAllText(Of(file), before[..at] + by + before[(at + text.Length)..]);
    }

    /// <summary>Takes keys from Vault, with every key that there is.</summary>
    public void UseVault()
    {
        string[] lines = File.ReadAllLines(Of("deployment.yaml"));
        int at = Array.IndexOf(lines, "keys:");
        File.WriteAllLines(Of("deployment.yaml"), lines[..at]);
        File.AppendAllText(Of("deployment.yaml"), """
            keys:
              source: vault
              vault:
                address: https://vault.test
                mount: kv/desk
                namespace: trading
                ca_file: /etc/ca.pem
                auth: approle
                role_id_file: /etc/role
                secret_id_file: /etc/secret

            """);
    }

    public int LineOf(string file, string text)
    {
        string[] lines = File.ReadAllLines(Of(file));
        return Array.FindIndex(lines, line => line.Contains(text, StringComparison.Ordinal)) + 1;
    }

    public string Problems()
    {
        var exception = Assert.Throws<ConfigurationException>(() => ConfigurationFolder.Load(Path));
        Assert.Equal(string.Join(Environment.NewLine, exception.Problems), exception.Message);
        return exception.Message.Replace(Path + "/", "", StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
