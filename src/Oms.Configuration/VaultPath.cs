namespace Oms.Configuration;

/// <summary>What may stand in an address of Vault's API as it is.</summary>
internal static class VaultPath
{
    public const string Rule = "letters, digits, '_', '-' and '.', in parts divided by '/'";

    public static bool IsPath(string text) => text.Split('/').All(IsPart);

    private static bool IsPart(string part) =>
        part.Any(char.IsAsciiLetterOrDigit)
        && part.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-' or '.');
}
