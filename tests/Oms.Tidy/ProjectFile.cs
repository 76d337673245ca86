using System.Xml.Linq;

namespace Oms.Tidy;

/// <summary>A project and what it references.</summary>
internal sealed class ProjectFile(string path)
{
    private readonly XDocument _xml = XDocument.Parse(Tree.Read(path));

    public string Path { get; } = path;

    public string Name { get; } = System.IO.Path.GetFileNameWithoutExtension(path);

    public bool IsSource => Path.StartsWith("src/", StringComparison.Ordinal);

    public bool IsExecutable => Property("OutputType") == "Exe"
        || _xml.Root?.Attribute("Sdk")?.Value is "Microsoft.NET.Sdk.Web" or "Microsoft.NET.Sdk.Worker";

    public bool IsUnsafe => Property("AllowUnsafeBlocks") == "true";

    public IEnumerable<string> References =>
        Items("ProjectReference").Select(
            include => System.IO.Path.GetFileNameWithoutExtension(include.Replace('\\', '/')));

    public IEnumerable<string> Packages => Items("PackageReference").Concat(Items("FrameworkReference"));

    public IEnumerable<string> InternalsVisibleTo => Items("InternalsVisibleTo");

    private string? Property(string name) => _xml.Descendants(name).FirstOrDefault()?.Value;

    private IEnumerable<string> Items(string name) =>
        _xml.Descendants(name).Select(item => item.Attribute("Include")?.Value).OfType<string>();
}
