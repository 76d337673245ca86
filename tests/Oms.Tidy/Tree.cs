using Microsoft.CodeAnalysis.CSharp;

namespace Oms.Tidy;

/// <summary>The files of the repository, without what is built or stored in it.</summary>
internal static class Tree
{
    private static readonly string[] NotOurs =
        ["artifacts", "bin", "obj", "data", "node_modules", "TestResults"];

    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<string> Files { get; } = [.. FilesUnder(Root).Order(StringComparer.Ordinal)];

    public static IReadOnlyList<SourceFile> Source { get; } = CSharpUnder("src/");

    public static IReadOnlyList<SourceFile> Tests { get; } = CSharpUnder("tests/");

    public static IReadOnlyList<SourceFile> Benchmarks { get; } = CSharpUnder("bench/");

    public static IReadOnlyList<ProjectFile> Projects { get; } =
        [.. FilesOf(".csproj").Select(path => new ProjectFile(path))];

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    public static bool Exists(string path) => Path.Exists(Path.Combine(Root, path));

    private static IEnumerable<string> FilesOf(string extension) =>
        Files.Where(path => path.EndsWith(extension, StringComparison.Ordinal));

    private static SourceFile[] CSharpUnder(string folder) =>
    [
        .. FilesOf(".cs")
            .Where(path => path.StartsWith(folder, StringComparison.Ordinal))
            .Select(path => new SourceFile(path, CSharpSyntaxTree.ParseText(Read(path)))),
    ];

    private static IEnumerable<string> FilesUnder(string folder)
    {
        foreach (string file in Directory.EnumerateFiles(folder))
        {
            yield return Path.GetRelativePath(Root, file);
        }

        foreach (string child in Directory.EnumerateDirectories(folder))
        {
            string name = Path.GetFileName(child);
            if (name.StartsWith('.') || NotOurs.Contains(name))
            {
                continue;
            }

            foreach (string file in FilesUnder(child))
            {
                yield return file;
            }
        }
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "CryptoOms.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException(
                "CryptoOms.sln is in no folder above the tests");
        }

        return folder.FullName;
    }
}
