using System.Collections.Immutable;
using System.Globalization;
using Oms.Cli.Preparation;

namespace Oms.Cli.Tokens;

/// <summary>A token as scripts see it: everything but the token.</summary>
/// <param name="TokenId">Empty for a token or a certificate that does not expire.</param>
/// <param name="Expires">Empty where it does not.</param>
internal sealed record TokenJson(string Name, string TokenId, string Expires, ImmutableArray<string> Grants)
{
    public static IEnumerable<TokenJson> Of(IdentitiesFile.Identity identity)
    {
        ImmutableArray<string> grants = [.. identity.Grants.Select(GrantText.Of)];
        if (identity.TokenSha256 is { Length: > 0 } || identity.CertificateSha256 is { Length: > 0 })
        {
            yield return new(identity.Name, "", "", grants);
        }

        foreach (IdentitiesFile.Token token in identity.Tokens ?? [])
        {
            yield return new(identity.Name, token.Id, TextOf(token.Expires), grants);
        }
    }

    public static string TextOf(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "";
}
