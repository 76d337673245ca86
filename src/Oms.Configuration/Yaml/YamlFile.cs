using YamlDotNet.Core;

namespace Oms.Configuration.Yaml;

/// <summary>A YAML file as it lies on disk.</summary>
internal static class YamlFile
{
    private const int LengthBytesMax = 1 << 20;

    /// <summary>The root section; null, with problems added, when the file is missing or no YAML.</summary>
    public static Section? Load(string path, List<ConfigurationProblem> problems)
    {
        string? text = ReadText(path, problems);
        if (text is null)
        {
            return null;
        }

        int tabs = AddTabs(path, text, problems);
        try
        {
            YamlNode.Mapping? root = new YamlTree(path, problems).Read(new StringReader(text));
            return root is null ? null : new Section(path, "", "", root, problems);
        }
        catch (YamlException exception)
        {
            if (tabs == 0)
            {
                int line = checked((int)exception.Start.Line);
                problems.Add(new(path, line, "", $"is no YAML: {exception.Message}"));
            }

            return null;
        }
    }

    private static string? ReadText(string path, List<ConfigurationProblem> problems)
    {
        try
        {
            var file = new FileInfo(path);
            if (file.Exists && file.Length > LengthBytesMax)
            {
                problems.Add(new(path, 0, "", $"is longer than {LengthBytesMax} bytes"));
                return null;
            }

            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            problems.Add(new(path, 0, "", "is missing"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problems.Add(new(path, 0, "", $"cannot be read: {exception.Message}"));
        }

        return null;
    }

    private static int AddTabs(string path, string text, List<ConfigurationProblem> problems)
    {
        int line = 0;
        int found = 0;
        foreach (ReadOnlySpan<char> content in text.AsSpan().EnumerateLines())
        {
            line++;
            if (content[..^content.TrimStart().Length].Contains('\t') && !content.IsWhiteSpace())
            {
                problems.Add(new(path, line, "", "a tab stands in the indentation; use spaces"));
                found++;
            }
        }

        return found;
    }
}
