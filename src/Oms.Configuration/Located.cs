namespace Oms.Configuration;

/// <summary>A value with the place where it stands, for rules that look at several files.</summary>
internal sealed record Located<T>(T Value, string File, int Line, string Key)
{
    public ConfigurationProblem Problem(string text) => new(File, Line, Key, text);

    /// <summary>What is wrong with a key below it.</summary>
    public ConfigurationProblem Problem(string key, string text) => new(File, Line, $"{Key}.{key}", text);
}
