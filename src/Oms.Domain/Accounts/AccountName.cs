using System.Diagnostics.CodeAnalysis;

namespace Oms.Domain.Accounts;

/// <summary>
/// The name of an account as the API, the command line and logs write it: <c>exchange/account</c>.
/// </summary>
public readonly record struct AccountName(string Exchange, string Account)
{
    /// <summary>The longest text of both parts with the slash.</summary>
    public const int LengthMax = 64;

    public static bool TryParse([NotNullWhen(true)] string? text, out AccountName name)
    {
        name = default;
        if (text is null || text.Length > LengthMax)
        {
            return false;
        }

        int slash = text.IndexOf('/');
        if (slash < 0 || !IsToken(text.AsSpan(0, slash)) || !IsToken(text.AsSpan(slash + 1)))
        {
            return false;
        }

        name = new(text[..slash], text[(slash + 1)..]);
        return true;
    }

    /// <summary>
    /// A part of a name: lower-case letters, digits and underscore, so that it stands in paths and subjects
    /// as it is.
    /// </summary>
    public static bool IsToken(ReadOnlySpan<char> text)
    {
        foreach (char character in text)
        {
            if (!char.IsAsciiLetterLower(character) && !char.IsAsciiDigit(character) && character != '_')
            {
                return false;
            }
        }

        return !text.IsEmpty;
    }

    public override string ToString() => $"{Exchange}/{Account}";
}
