using System.Diagnostics;
using System.IO.Compression;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Xml.Linq;
using Oms.Testing;

namespace Orleans.JetStream.Tests.Hosting;

/// <summary>The package as <c>dotnet pack</c> makes it from what is built.</summary>
public sealed class PackageTests
{
    [Fact]
    public async Task The_package_holds_the_assembly_its_documentation_and_the_readme()
    {
        using var folder = new TemporaryFolder("package");
        await PackAsync(folder.Path);
        await using var package = await ZipFile.OpenReadAsync(Assert.Single(Directory.GetFiles(folder.Path)));
        Assert.NotNull(package.GetEntry("lib/net10.0/Orleans.JetStream.dll"));
        Assert.Equal(
            await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "README.md")),
            await ReadAsync(package, "README.md"));
        var manifest = await ReadAsync(package, "Orleans.JetStream.nuspec");
        Assert.Contains("<readme>README.md</readme>", manifest);
        Assert.Contains("Apache-2.0", manifest);

        var documented = XDocument.Parse(await ReadAsync(package, "lib/net10.0/Orleans.JetStream.xml"))
            .Descendants("member").Select(member => member.Attribute("name")?.Value).ToHashSet();
        var types = typeof(JetStreamSiloBuilderExtensions).Assembly.GetExportedTypes()
            .Where(type => type.GetCustomAttribute<CompilerGeneratedAttribute>() is null
                && type.Namespace?.StartsWith("OrleansCodeGen", StringComparison.Ordinal) == false)
            .ToArray();
        Assert.True(types.Length > 10);
        Assert.All(types, type => Assert.Contains($"T:{type.FullName}", documented));
    }

    private static async Task PackAsync(string folder)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = Path.Combine(RepositoryRoot(), "src", "Orleans.JetStream"),
            RedirectStandardOutput = true,
        };
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        foreach (var argument in new[]
        {
            "pack", "--no-build", "--configuration", configuration, "--output", folder, "-nodeReuse:false",
        })
        {
            start.ArgumentList.Add(argument);
        }

        using var pack = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        var text = await pack.StandardOutput.ReadToEndAsync();
        await pack.WaitForExitAsync();
        Assert.True(pack.ExitCode == 0, text);
    }

    private static async Task<string> ReadAsync(ZipArchive package, string name)
    {
        var entry = package.GetEntry(name) ?? throw new FileNotFoundException($"The package lacks {name}.");
        using var reader = new StreamReader(await entry.OpenAsync());
        return await reader.ReadToEndAsync();
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "CryptoOms.sln")))
        {
            folder = folder.Parent
                ?? throw new DirectoryNotFoundException("The tests are not in the repository.");
        }

        return folder.FullName;
    }
}
