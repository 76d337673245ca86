namespace Oms.Tidy;

/// <summary>A rule that nothing in the tree may break.</summary>
internal static class Rule
{
    /// <param name="instead">What to do instead; the first words that whoever broke the rule reads.</param>
    /// <param name="violations">Where the rule is broken, and how.</param>
    public static void Holds(string instead, IEnumerable<string> violations)
    {
        string[] all = [.. violations];
        Assert.True(all.Length == 0, $"{instead}\n{string.Join('\n', all)}");
    }
}
