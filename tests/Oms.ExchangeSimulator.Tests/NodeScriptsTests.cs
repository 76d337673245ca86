using Oms.Testing;

namespace Oms.ExchangeSimulator.Tests;

/// <summary>What is installed for the clients of other languages is whole, and of the lock file.</summary>
public sealed class NodeScriptsTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public NodeScriptsTests()
    {
        File.WriteAllText(InFolder("package.json"), """{"name":"none","version":"1.0.0","private":true}""");
        Lock("1.0.0");
    }

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task What_an_install_that_was_broken_off_left_is_removed()
    {
        Leave();
        _ = await NodeScripts.Installed(_directory.Path);
        Assert.False(File.Exists(Left));
    }

    [Fact]
    public async Task An_install_stays_until_the_lock_file_is_another()
    {
        _ = await NodeScripts.Installed(_directory.Path);
        Leave();
        _ = await NodeScripts.Installed(_directory.Path);
        Assert.True(File.Exists(Left));
        Lock("1.0.1");
        _ = await NodeScripts.Installed(_directory.Path);
        Assert.False(File.Exists(Left));
    }

    [Fact]
    public async Task Nothing_is_left_of_an_install_that_takes_too_long_or_fails()
    {
        Leave();
        _ = await Assert.ThrowsAsync<TimeoutException>(
            () => NodeScripts.Installed(_directory.Path, TimeSpan.FromMilliseconds(1)));
        Assert.False(Directory.Exists(InFolder("node_modules")));
        await File.WriteAllTextAsync(InFolder("package-lock.json"), "{");
        Leave();
        _ = await Assert.ThrowsAsync<InvalidOperationException>(() => NodeScripts.Installed(_directory.Path));
        Assert.False(Directory.Exists(InFolder("node_modules")));
    }

    private string Left => InFolder("node_modules", "left.js");

    private string InFolder(params string[] names) => Path.Combine([_directory.Path, .. names]);

    private void Lock(string version) => File.WriteAllText(InFolder("package-lock.json"), $$"""
        {"name":"none","version":"{{version}}","lockfileVersion":3,
         "packages":{"":{"name":"none","version":"{{version}}"} } }
        """);

    private void Leave()
    {
        _ = Directory.CreateDirectory(InFolder("node_modules"));
        File.WriteAllText(Left, "");
    }
}
