namespace Oms.Configuration.Yaml;

/// <summary>A value of a YAML document, with its line.</summary>
internal abstract record YamlNode(int Line)
{
    /// <summary>A text; null where nothing, <c>~</c> or <c>null</c> is written.</summary>
    public sealed record Scalar(string? Text, int Line) : YamlNode(Line);

    /// <summary>Keys in the order of the file.</summary>
    public sealed record Mapping(IReadOnlyDictionary<string, YamlNode> Entries, int Line) : YamlNode(Line);

    public sealed record Sequence(IReadOnlyList<YamlNode> Items, int Line) : YamlNode(Line);
}
