using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Oms.Gateway.Access;

/// <summary>
/// Who may call. Tokens are known by their hash alone and compared in constant time. The file may change while
/// the gateway runs.
/// </summary>
internal sealed class IdentityRegister
{
    private readonly string _path;
    private readonly TimeProvider _time;
    private volatile Holder _holder;

    private IdentityRegister(string path, TimeProvider time)
    {
        _path = path;
        _time = time;
        _holder = new(Read(path));
    }

    /// <exception cref="InvalidDataException">The file is not there or is no such file; the message says
    /// where.</exception>
    public static IdentityRegister Load(string path, TimeProvider time) => new(path, time);

    /// <summary>Reads the file again; who is no longer in it may no longer call.</summary>
    /// <inheritdoc cref="Load"/>
    public void Reload() => _holder = new(Read(_path));

    /// <summary>Null when nobody has this token, or when it expired.</summary>
    public Identity? FindByToken(string token)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        _ = SHA256.HashData(Encoding.UTF8.GetBytes(token), hash);
        return Find(hash, isToken: true);
    }

    /// <summary>Null when nobody has a certificate of this DER.</summary>
    public Identity? FindByCertificate(ReadOnlySpan<byte> der)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        _ = SHA256.HashData(der, hash);
        return Find(hash, isToken: false);
    }

    /// <summary>Whether a caller who was known a while ago still is, with the same grants.</summary>
    public bool IsCurrent(Identity caller) =>
        caller.Used is { } used
        && Find(used.Sha256.AsSpan(), used.IsToken) is { } now
        && now.Name == caller.Name
        && now.Grants.SequenceEqual(caller.Grants);

    private Identity? Find(ReadOnlySpan<byte> hash, bool isToken)
    {
        Identity? found = null;
        foreach (Identity identity in _holder.Identities)
        {
            foreach (Credential credential in identity.Credentials)
            {
                // Every credential is looked at: the time taken says nothing about which one fits.
                if (CryptographicOperations.FixedTimeEquals(hash, credential.Sha256.AsSpan())
                    && credential.IsToken == isToken
                    && !(credential.Expires <= _time.GetUtcNow()))
                {
                    found = identity with { Used = credential };
                }
            }
        }

        return found;
    }

    private static ImmutableArray<Identity> Read(string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            IdentitiesFile? file = JsonSerializer.Deserialize(stream, AccessJson.Default.IdentitiesFile);
            ImmutableArray<IdentityEntry> entries = file?.Identities ?? [];
            return [.. (entries.IsDefault ? [] : entries).Select(Read)];
        }
        catch (Exception exception) when (exception is IOException or JsonException or FormatException)
        {
            throw new InvalidDataException($"{path}: {exception.Message}", exception);
        }
    }

    private static Identity Read(IdentityEntry entry)
    {
        string name = entry.Name ?? throw new FormatException("an identity has no name");
        IEnumerable<Credential> credentials =
        [
            .. Credentials(name, "token_sha256", entry.TokenSha256, isToken: true, null),
            .. Credentials(name, "certificate_sha256", entry.CertificateSha256, isToken: false, null),
            .. (entry.Tokens ?? []).SelectMany(
                token => Credentials(name, $"tokens {token.Id}", token.Sha256, isToken: true, token.Expires)),
        ];
        return new(
            name,
            [.. credentials],
            [.. (entry.Grants.IsDefault ? [] : entry.Grants).Select(grant => ReadGrant(name, grant))]);
    }

    private static IEnumerable<Credential> Credentials(
        string identity, string key, string? hexadecimal, bool isToken, DateTimeOffset? expires)
    {
        if (string.IsNullOrEmpty(hexadecimal))
        {
            return [];
        }

        return hexadecimal.Length == SHA256.HashSizeInBytes * 2
            ? [new(isToken, [.. Convert.FromHexString(hexadecimal)], expires)]
            : throw new FormatException($"{identity}: {key} is not 64 hexadecimal digits");
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

    /// <summary>So that all of it is seen to change at once.</summary>
    private sealed record Holder(ImmutableArray<Identity> Identities);
}
