using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Oms.Configuration.Yaml;

/// <summary>
/// Builds the nodes of a document from the parser's events. Unlike a deserializer it needs no reflection,
/// keeps lines and goes on after a duplicate key.
/// </summary>
internal sealed class YamlTree(string file, List<ConfigurationProblem> problems)
{
    private const int DepthMax = 16;

    /// <summary>The root mapping; null when there is none or it is not usable.</summary>
    /// <exception cref="YamlException">The text is not YAML.</exception>
    public YamlNode.Mapping? Read(TextReader text)
    {
        var parser = new Parser(text);
        _ = Take(parser);
        _ = Take(parser);
        if (Take(parser) is not DocumentStart)
        {
            Add(0, "", "the file is empty");
            return null;
        }

        YamlNode? root = ReadNode(parser, "", depth: 0);
        _ = Take(parser);
        if (parser.Current is DocumentStart second)
        {
            Add(LineOf(second), "", "a second document begins; a file has one");
        }

        switch (root)
        {
            case YamlNode.Mapping mapping:
                return mapping;
            case YamlNode.Scalar { Text: null } or null:
                Add(0, "", "the file is empty");
                return null;
            default:
                Add(root.Line, "", "the file does not hold keys with values");
                return null;
        }
    }

    private YamlNode? ReadNode(IParser parser, string path, int depth)
    {
        ParsingEvent? start = Take(parser);
        if (depth > DepthMax)
        {
            throw new YamlException(start?.Start ?? Mark.Empty, Mark.Empty, $"deeper than {DepthMax} levels");
        }

        int line = LineOf(start);
        switch (start)
        {
            case Scalar scalar:
                bool isNull = scalar is { Style: ScalarStyle.Plain, Value: "" or "~" or "null" };
                return new YamlNode.Scalar(isNull ? null : scalar.Value, line);
            case SequenceStart:
                return ReadSequence(parser, path, line, depth);
            case MappingStart:
                return ReadMapping(parser, path, line, depth);
            default:
                Add(line, path, "aliases are not supported");
                return null;
        }
    }

    private YamlNode.Sequence ReadSequence(IParser parser, string path, int line, int depth)
    {
        var items = new List<YamlNode>();
        while (parser.Current is not SequenceEnd)
        {
            if (ReadNode(parser, $"{path}[{items.Count}]", depth + 1) is { } item)
            {
                items.Add(item);
            }
        }

        _ = Take(parser);
        return new(items, line);
    }

    private YamlNode.Mapping ReadMapping(IParser parser, string path, int line, int depth)
    {
        var entries = new OrderedDictionary<string, YamlNode>();
        while (parser.Current is not MappingEnd)
        {
            int keyLine = LineOf(parser.Current);
            string? key = (ReadNode(parser, path, depth + 1) as YamlNode.Scalar)?.Text;
            string keyPath = path.Length == 0 ? $"{key}" : $"{path}.{key}";
            YamlNode? value = ReadNode(parser, keyPath, depth + 1);
            if (key is null)
            {
                Add(keyLine, path, "a key is not a plain name");
            }
            else if (value is not null && !entries.TryAdd(key, AtLineOfKey(value, keyLine)))
            {
                Add(keyLine, keyPath, "stands twice");
            }
        }

        _ = Take(parser);
        return new(entries, line);
    }

    // A problem is shown where the key stands, also when its value begins on the next line.
    private static YamlNode AtLineOfKey(YamlNode value, int keyLine) => value with { Line = keyLine };

    private static int LineOf(ParsingEvent? at) => checked((int)(at?.Start.Line ?? 0));

    /// <summary>The current event; the parser stands on the one after it.</summary>
    private static ParsingEvent? Take(IParser parser)
    {
        ParsingEvent? current = parser.Current;
        _ = parser.MoveNext();
        return current;
    }

    private void Add(int line, string key, string text) => problems.Add(new(file, line, key, text));
}
