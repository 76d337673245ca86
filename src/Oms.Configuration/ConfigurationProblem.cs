namespace Oms.Configuration;

/// <summary>One thing that is wrong in the configuration, and where.</summary>
/// <param name="File">Path of the file.</param>
/// <param name="Line">1-based; 0 where it concerns the whole file.</param>
/// <param name="Key">Path of the key, for example <c>accounts.binance.main.type</c>; empty for none.</param>
public sealed record ConfigurationProblem(string File, int Line, string Key, string Text)
{
    public override string ToString() =>
        (Line, Key) switch
        {
            (0, "") => $"{File}: {Text}",
            (0, _) => $"{File}: {Key}: {Text}",
            (_, "") => $"{File}:{Line}: {Text}",
            _ => $"{File}:{Line}: {Key}: {Text}",
        };
}
