using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace Orleans.JetStream.Tests.Hosting;

public sealed class ReadmeTests
{
    [Fact]
    public void The_readme_shows_the_example_that_is_compiled()
    {
        var readme = File.ReadAllText(Beside("README.md"));
        var shown = readme.Split("```csharp\n")[1].Split("```")[0].Split("\n\n", 2);
        var compiled = File.ReadAllText(Beside("ReadmeExample.cs"));
        Assert.Contains(shown[0], compiled);
        Assert.Contains(Unindented(shown[1]), Unindented(compiled));
    }

    [Fact]
    public void The_example_makes_a_host_with_a_storage()
    {
        using var host = ReadmeExample.Build();
        Assert.IsType<JetStreamGrainStorage>(host.Services.GetRequiredService<IGrainStorage>());
    }

    private static string Beside(string file) => Path.Combine(AppContext.BaseDirectory, file);

    private static string Unindented(string text) =>
        string.Join('\n', text.Trim().Split('\n').Select(line => line.Trim()));
}
