using System.Globalization;

namespace Oms.Configuration.Yaml;

/// <summary>
/// A mapping of a file, read key by key. What is wrong is added to the problems and a default is returned, so
/// that reading goes on; keys that nobody asked for are reported at the end.
/// </summary>
internal sealed class Section(
    string file, string path, string name, YamlNode.Mapping mapping, List<ConfigurationProblem> problems)
{
    private readonly List<string> _asked = [];
    private readonly Dictionary<string, Section> _children = [];
    private bool _hasFreeKeys;

    /// <summary>The section's own key.</summary>
    public string Name => name;

    public string KeyOf(string key) => path.Length == 0 ? key : $"{path}.{key}";

    public Located<T> Locate<T>(T value) => new(
        value, file, mapping.Line, path, LinesOf(mapping, "").DistinctBy(line => line.Key).ToDictionary());

    public void Problem(string text) => problems.Add(new(file, mapping.Line, path, text));

    public void Problem(string key, string text) => problems.Add(new(file, LineOf(key), KeyOf(key), text));

    public bool Has(string key) => mapping.Entries.ContainsKey(key);

    /// <summary>The text of a key, without judging it.</summary>
    public string? Peek(string key) => (mapping.Entries.GetValueOrDefault(key) as YamlNode.Scalar)?.Text;

    /// <summary>All keys, where keys are names that the user gives.</summary>
    public IEnumerable<string> Keys()
    {
        _hasFreeKeys = true;
        return mapping.Entries.Keys;
    }

    public IEnumerable<Section> Children() => [.. Keys().Select(ChildIfSet).OfType<Section>()];

    public Section? Child(string key)
    {
        if (!Has(key))
        {
            Missing(key);
        }

        return ChildIfSet(key);
    }

    public Section? ChildIfSet(string key)
    {
        _asked.Add(key);
        if (_children.TryGetValue(key, out Section? known))
        {
            return known;
        }

        switch (mapping.Entries.GetValueOrDefault(key))
        {
            case YamlNode.Mapping entries:
                return _children[key] = new(file, KeyOf(key), key, entries, problems);
            case null:
                return null;
            default:
                Problem(key, "needs keys of its own below it");
                return null;
        }
    }

    /// <summary>The sections of a list that has at least one.</summary>
    public IEnumerable<Section> Items(string key)
    {
        _asked.Add(key);
        if (mapping.Entries.GetValueOrDefault(key) is not YamlNode.Sequence { Items.Count: > 0 } sequence)
        {
            Problem(key, Has(key) ? "is not a list with at least one item" : "is missing");
            yield break;
        }

        for (int i = 0; i < sequence.Items.Count; i++)
        {
            string itemKey = $"{key}[{i}]";
            if (sequence.Items[i] is YamlNode.Mapping entries)
            {
                yield return _children[itemKey] = new(file, KeyOf(itemKey), itemKey, entries, problems);
            }
            else
            {
                problems.Add(new(file, sequence.Items[i].Line, KeyOf(itemKey), "needs keys of its own"));
            }
        }
    }

    public string Text(string key)
    {
        if (!Has(key))
        {
            Missing(key);
        }

        return TextIfSet(key) ?? "";
    }

    public string? TextIfSet(string key)
    {
        _asked.Add(key);
        switch (mapping.Entries.GetValueOrDefault(key))
        {
            case null:
                return null;
            case YamlNode.Scalar { Text: { Length: > 0 } text }:
                return text;
            case YamlNode.Scalar:
                Problem(key, "is empty");
                return null;
            default:
                Problem(key, "is not a single value");
                return null;
        }
    }

    public bool Flag(string key) => Choice(key, ("true", true), ("false", false));

    /// <summary>One of the named values; default when it is none of them.</summary>
    public T? Choice<T>(string key, params ReadOnlySpan<(string Text, T Value)> choices)
    {
        string text = Text(key);
        var names = new List<string>();
        foreach ((string choice, T value) in choices)
        {
            if (choice == text)
            {
                return value;
            }

            names.Add(choice);
        }

        if (text.Length > 0)
        {
            Problem(key, $"'{text}' is not one of {string.Join(", ", names)}");
        }

        return default;
    }

    public int Integer(string key, int min, int max)
    {
        if (!Has(key))
        {
            Missing(key);
        }

        return IntegerIfSet(key, min, max) ?? 0;
    }

    public int? IntegerIfSet(string key, int min, int max) => (int?)BytesIfSet(key, min, max);

    /// <summary>A whole number of bytes, or of whatever there may be very many.</summary>
    public long? BytesIfSet(string key, long min, long max)
    {
        if (TextIfSet(key) is not { } text)
        {
            return null;
        }

        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value)
            && value >= min && value <= max)
        {
            return value;
        }

        Problem(key, $"'{text}' is not a whole number from {min} to {max}");
        return null;
    }

    public decimal Number(string key, decimal min, decimal max)
    {
        if (!Has(key))
        {
            Missing(key);
        }

        return NumberIfSet(key, min, max) ?? 0;
    }

    public decimal? NumberIfSet(string key, decimal min, decimal max)
    {
        if (TextIfSet(key) is not { } text)
        {
            return null;
        }

        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        if (decimal.TryParse(text, Style, CultureInfo.InvariantCulture, out decimal value)
            && value >= min && value <= max)
        {
            return value;
        }

        Problem(key, $"'{text}' is not a number from {min} to {max}");
        return null;
    }

    public void ReportUnknownKeys()
    {
        if (!_hasFreeKeys)
        {
            foreach (string key in mapping.Entries.Keys.Except(_asked))
            {
                Problem(key, $"is not known; known here: {string.Join(", ", _asked.Distinct())}");
            }
        }

        foreach (Section child in _children.Values)
        {
            child.ReportUnknownKeys();
        }
    }

    private void Missing(string key) => Problem(key, "is missing");

    private int LineOf(string key) => mapping.Entries.GetValueOrDefault(key)?.Line ?? mapping.Line;

    /// <summary>Of each key, those of mappings below behind a dot.</summary>
    private static IEnumerable<KeyValuePair<string, int>> LinesOf(YamlNode.Mapping mapping, string path) =>
        mapping.Entries.SelectMany(entry => (IEnumerable<KeyValuePair<string, int>>)
        [
            new(path + entry.Key, entry.Value.Line),
            .. entry.Value is YamlNode.Mapping below ? LinesOf(below, $"{path}{entry.Key}.") : [],
        ]);
}
