using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Oms.Gateway.Access;

/// <summary>Who may call. Tokens are known by their hash alone and compared in constant time.</summary>
internal sealed class IdentityRegister(ImmutableArray<Identity> identities)
{
    /// <exception cref="InvalidDataException">The file is not there or is no such file; the message says
    /// where.</exception>
    public static IdentityRegister Load(string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            IdentitiesFile? file = JsonSerializer.Deserialize(stream, AccessJson.Default.IdentitiesFile);
            ImmutableArray<IdentityEntry> entries = file?.Identities ?? [];
            return new([.. (entries.IsDefault ? [] : entries).Select(Read)]);
        }
        catch (Exception exception) when (exception is IOException or JsonException or FormatException)
        {
            throw new InvalidDataException($"{path}: {exception.Message}", exception);
        }
    }

    /// <summary>Null when nobody has this token.</summary>
    public Identity? FindByToken(string token)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        _ = SHA256.HashData(Encoding.UTF8.GetBytes(token), hash);
        return Find(hash, identity => identity.TokenSha256);
    }

    /// <summary>Null when nobody has a certificate of this DER.</summary>
    public Identity? FindByCertificate(ReadOnlySpan<byte> der)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        _ = SHA256.HashData(der, hash);
        return Find(hash, identity => identity.CertificateSha256);
    }

    private Identity? Find(ReadOnlySpan<byte> hash, Func<Identity, ImmutableArray<byte>> hashOf)
    {
        Identity? found = null;
        foreach (Identity identity in identities)
        {
            // Every identity is looked at: the time taken says nothing about which one fits.
            if (CryptographicOperations.FixedTimeEquals(hash, hashOf(identity).AsSpan()))
            {
                found = identity;
            }
        }

        return found;
    }

    private static Identity Read(IdentityEntry entry) => new(
        entry.Name ?? throw new FormatException("an identity has no name"),
        ReadHash(entry.Name, "token_sha256", entry.TokenSha256),
        ReadHash(entry.Name, "certificate_sha256", entry.CertificateSha256),
        [.. (entry.Grants.IsDefault ? [] : entry.Grants).Select(grant => ReadGrant(entry.Name, grant))]);

    private static ImmutableArray<byte> ReadHash(string identity, string key, string? hexadecimal)
    {
        if (string.IsNullOrEmpty(hexadecimal))
        {
            return [];
        }

        if (hexadecimal.Length != SHA256.HashSizeInBytes * 2)
        {
            throw new FormatException($"{identity}: {key} is not 64 hexadecimal digits");
        }

        return [.. Convert.FromHexString(hexadecimal)];
    }

    private static Grant ReadGrant(string identity, GrantEntry grant)
    {
        Right rights = Right.None;
        foreach (string right in grant.Rights.IsDefault ? [] : grant.Rights)
        {
            rights |= right switch
            {
                "read" => Right.Read,
                "trade" => Right.Trade,
                "transfer" => Right.Transfer,
                "administer" => Right.Administer,
                _ => throw new FormatException($"{identity}: '{right}' is no right"),
            };
        }

        return new(
            grant.Account ?? throw new FormatException($"{identity}: a grant names no account"), rights);
    }
}
