namespace Oms.Configuration;

/// <summary>A value with the place where it stands, for rules that look at several files.</summary>
/// <param name="Lines">Of the keys below it; of those further below, by a path with dots.</param>
internal sealed record Located<T>(
    T Value, string File, int Line, string Key, IReadOnlyDictionary<string, int> Lines)
{
    public ConfigurationProblem Problem(string text) => new(File, Line, Key, text);

    /// <summary>What is wrong with a key below it.</summary>
    public ConfigurationProblem Problem(string key, string text) =>
        new(File, Lines.GetValueOrDefault(key, Line), $"{Key}.{key}", text);
}
