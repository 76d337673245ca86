using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Oms.Cli.Preparation;

/// <summary>Who may call the gateway. Holds hashes only; identities added by hand are kept.</summary>
internal sealed record IdentitiesFile(ImmutableArray<IdentitiesFile.Identity> Identities)
{
    /// <summary>Whose token and certificate <c>oms up</c> makes.</summary>
    public const string Operator = "operator";

    public static IdentitiesFile Read(string path) =>
        JsonFile.Read(path, PreparationJson.Default.IdentitiesFile);

    /// <summary>Makes the operator's token and certificate the ones that count.</summary>
    public static void WriteOperator(string path, string token, byte[] certificateSha256)
    {
        ImmutableArray<Identity> others = File.Exists(path)
            ? [.. Read(path).Identities.Where(identity => identity.Name != Operator)]
            : [];
        var identity = new Identity(
            Operator,
            [new("*", ["read", "trade", "transfer", "administer"])],
            HashOf(token),
            Convert.ToHexStringLower(certificateSha256));
        JsonFile.Write(path, new([identity, .. others]), PreparationJson.Default.IdentitiesFile);
    }

    /// <summary>What a token is known by: nobody can make the token of it.</summary>
    public static string HashOf(string token) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    /// <param name="TokenSha256">Of a token that does not expire; null where there is none.</param>
    /// <param name="Tokens">Those that can be revoked one by one; null where there are none.</param>
    internal sealed record Identity(
        string Name,
        ImmutableArray<Grant> Grants,
        string? TokenSha256 = null,
        string? CertificateSha256 = null,
        ImmutableArray<Token>? Tokens = null);

    /// <param name="Id">Names it to who revokes it.</param>
    /// <param name="Expires">Null where it does not.</param>
    internal sealed record Token(string Id, string Sha256, DateTimeOffset? Expires = null);

    internal sealed record Grant(string Account, ImmutableArray<string> Rights);
}
