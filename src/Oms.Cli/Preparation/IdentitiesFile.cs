using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Oms.Cli.Preparation;

/// <summary>Who may call the gateway. Holds hashes only; identities added by hand are kept.</summary>
internal sealed record IdentitiesFile(ImmutableArray<IdentitiesFile.Identity> Identities)
{
    private const string Operator = "operator";

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
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token))),
            Convert.ToHexStringLower(certificateSha256),
            [new("*", ["read", "trade", "transfer", "administer"])]);
        JsonFile.Write(path, new([identity, .. others]), PreparationJson.Default.IdentitiesFile);
    }

    internal sealed record Identity(
        string Name, string? TokenSha256, string? CertificateSha256, ImmutableArray<Grant> Grants);

    internal sealed record Grant(string Account, ImmutableArray<string> Rights);
}
