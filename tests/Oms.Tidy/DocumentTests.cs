using System.Text.RegularExpressions;

namespace Oms.Tidy;

/// <summary>Documents are short, and name what is there.</summary>
public sealed partial class DocumentTests
{
    private static readonly Dictionary<string, int> LinesMax =
        new() { ["README.md"] = 80, ["ARCHITECTURE.md"] = 200 };

    private static IEnumerable<string> Documents =>
        Tree.Files.Where(path => path.EndsWith(".md", StringComparison.Ordinal));

    [Fact]
    public void Documents_are_short() => Rule.Holds(
        "say less, or say it where the code is",
        from limit in LinesMax
        where Tree.Exists(limit.Key)
        let lines = Tree.Read(limit.Key).Split('\n').Length - 1
        where lines > limit.Value
        select $"{limit.Key}: {lines} lines, at most {limit.Value}");

    [Fact]
    public void Every_path_named_in_a_document_exists() => Rule.Holds(
        "name the path as it is now",
        from document in Documents
        from Match match in NamedPath().Matches(Tree.Read(document))
        let path = match.Groups["path"].Value.TrimEnd('/', '.', ',')
        where !Tree.Exists(path) && !Tree.Exists(Path.Combine(Path.GetDirectoryName(document) ?? "", path))
        select $"{document}: {path}");

    [Fact]
    public void Every_link_in_a_document_leads_somewhere() => Rule.Holds(
        "link to the file as it is now",
        from document in Documents
        from Match match in Link().Matches(Tree.Read(document))
        let target = match.Groups["target"].Value.Split('#')[0]
        where target.Length > 0 && !target.Contains("://", StringComparison.Ordinal)
            && !target.StartsWith("mailto:", StringComparison.Ordinal)
            && !Tree.Exists(Path.Combine(Path.GetDirectoryName(document) ?? "", target))
        select $"{document}: {target}");

    /// <summary>A path below one of our folders; what has a placeholder in it is no path.</summary>
    [GeneratedRegex(
        @"(?<![\w/.-])(?<path>(src|tests|bench|proto|configs|deploy|docs)/[\w./-]*\w/?)(?![\w/*{<-])")]
    private static partial Regex NamedPath();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();
}
