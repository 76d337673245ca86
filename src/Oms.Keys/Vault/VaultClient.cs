using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Oms.Domain.Configuration;
using Oms.Keys.Files;
using Oms.Keys.Memory;

namespace Oms.Keys.Vault;

/// <summary>
/// Reads from Vault as whoever the configuration says it is: logs in, renews the token when two thirds of its
/// life are over, and logs in again where that does not help or the token was revoked. Safe to call from many
/// tasks.
/// </summary>
internal sealed class VaultClient(VaultConfiguration configuration, TimeProvider time, ILogger logger)
    : IDisposable
{
    private const int TokenLengthMax = 4096;
    private const string LookUpSelf = "auth/token/lookup-self";
    private const string RenewSelf = "auth/token/renew-self";
    private const string AppRoleLogin = "auth/approle/login";

    private readonly VaultConnection _connection = new(configuration, time);
    private readonly SemaphoreSlim _one = new(1, 1);
    private VaultToken? _token;

    /// <returns>What Vault answered; 403 only where the token is a good one.</returns>
    /// <exception cref="KeysException">The server cannot be reached, is sealed, or refuses the
    /// login.</exception>
    public async Task<VaultReply> Get(string path, CancellationToken cancellation)
    {
        VaultToken token = await CurrentToken(cancellation);
        VaultReply reply =
            await _connection.Send(HttpMethod.Get, path, default, token.Value, cancellation);
        if (reply.Status != HttpStatusCode.Forbidden || await IsGood(token, cancellation))
        {
            return reply;
        }

        reply.Dispose();
        token = await TokenAfter(token, cancellation);
        return await _connection.Send(HttpMethod.Get, path, default, token.Value, cancellation);
    }

    public void Dispose()
    {
        _connection.Dispose();
        _one.Dispose();
    }

    public override string ToString() => $"{_connection}";

    private async Task<VaultToken> CurrentToken(CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            if (_token is null)
            {
                _token = await LogIn(cancellation);
            }
            else if (_token.RenewAt <= time.GetUtcNow())
            {
                _token = await Renew(_token, cancellation);
            }

            return _token;
        }
        finally
        {
            _ = _one.Release();
        }
    }

    /// <summary>Another token than one that was refused: whoever comes first logs in for all.</summary>
    private async Task<VaultToken> TokenAfter(VaultToken refused, CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            if (_token is null || _token.Value == refused.Value)
            {
                _token = null;
                _token = await LogIn(cancellation);
            }

            return _token;
        }
        finally
        {
            _ = _one.Release();
        }
    }

    /// <summary>
    /// A 403 says nothing of its cause: the token may be dead, or the policy have no such path.
    /// </summary>
    private async Task<bool> IsGood(VaultToken token, CancellationToken cancellation)
    {
        using VaultReply reply =
            await _connection.Send(HttpMethod.Get, LookUpSelf, default, token.Value, cancellation);
        return reply.Status != HttpStatusCode.Forbidden;
    }

    private async Task<VaultToken> Renew(VaultToken token, CancellationToken cancellation)
    {
        if (!token.IsRenewable)
        {
            return await LogIn(cancellation);
        }

        using VaultReply reply =
            await _connection.Send(HttpMethod.Post, RenewSelf, "{}"u8.ToArray(), token.Value, cancellation);
        if (reply.Status != HttpStatusCode.OK
            || reply.Read(VaultJson.Default.Login, RenewSelf).Auth is not { } renewed)
        {
            return await LogIn(cancellation);
        }

        Log.VaultRenewed(logger, configuration.Address, renewed.LeaseDuration);
        // Much less than before: it nears the end that no renewal moves.
        bool isEnding = renewed.LeaseDuration < token.LeaseSeconds / 2;
        if (isEnding && configuration.Login is VaultLogin.AppRole)
        {
            return await LogIn(cancellation);
        }

        if (isEnding && configuration.Login is VaultLogin.Token own)
        {
            Log.VaultTokenEnds(logger, configuration.Address, renewed.LeaseDuration, own.TokenFile);
        }

        return Token(token.Value, renewed.LeaseDuration, renewed.Renewable);
    }

    private async Task<VaultToken> LogIn(CancellationToken cancellation)
    {
        VaultToken token = configuration.Login switch
        {
            VaultLogin.AppRole role => await LogIn(role, cancellation),
            VaultLogin.Token own => await LookUp(own, cancellation),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        Log.VaultLoggedIn(logger, configuration.Address, token.LeaseSeconds);
        return token;
    }

    private async Task<VaultToken> LogIn(VaultLogin.AppRole role, CancellationToken cancellation)
    {
        byte[] body = LoginBody(role);
        try
        {
            using VaultReply reply =
                await _connection.Send(HttpMethod.Post, AppRoleLogin, body, token: null, cancellation);
            if (reply.Status != HttpStatusCode.OK)
            {
                throw new KeysException(
                    $"{this}: {AppRoleLogin}: {reply}: the ids in {role.RoleIdFile} and " +
                    $"{role.SecretIdFile} are not accepted",
                    reply.IsPassing);
            }

            return reply.Read(VaultJson.Default.Login, $"{this}: {AppRoleLogin}").Auth
                is { ClientToken: { Length: > 0 } value } auth
                ? Token(value, auth.LeaseDuration, auth.Renewable)
                : throw new KeysException($"{this}: {AppRoleLogin}: the answer has no token");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(body);
        }
    }

    private async Task<VaultToken> LookUp(VaultLogin.Token own, CancellationToken cancellation)
    {
        using SecretBytes line = PrivateFile.ReadSecret(own.TokenFile, TokenLengthMax, mayGroupRead: true);
        string value = TextOf(line);
        if (value.Length == 0 || value.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            throw new KeysException($"{own.TokenFile}: holds no token");
        }

        using VaultReply reply =
            await _connection.Send(HttpMethod.Get, LookUpSelf, default, value, cancellation);
        if (reply.Status != HttpStatusCode.OK)
        {
            throw new KeysException(
                $"{this}: {LookUpSelf}: {reply}: the token in {own.TokenFile} is not valid any more, " +
                "or may not look itself up",
                reply.IsPassing);
        }

        return reply.Read(VaultJson.Default.Lookup, $"{this}: {LookUpSelf}").Data is { } found
            ? Token(value, found.Ttl, found.Renewable)
            : throw new KeysException($"{this}: {LookUpSelf}: the answer is empty");
    }

    private VaultToken Token(string value, long leaseSeconds, bool isRenewable)
    {
        // A token that was made elsewhere and cannot be renewed is replaced by whoever makes it.
        bool canBeReplaced = isRenewable || configuration.Login is VaultLogin.AppRole;
        DateTimeOffset? renewAt = leaseSeconds > 0 && canBeReplaced
            ? time.GetUtcNow() + (TimeSpan.FromSeconds(leaseSeconds) * 2 / 3)
            : null;
        return new(value, leaseSeconds, isRenewable, renewAt);
    }

    private static byte[] LoginBody(VaultLogin.AppRole role)
    {
        using SecretBytes roleId =
            PrivateFile.ReadSecret(role.RoleIdFile, TokenLengthMax, mayGroupRead: true);
        using SecretBytes secretId =
            PrivateFile.ReadSecret(role.SecretIdFile, TokenLengthMax, mayGroupRead: true);
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteString("role_id", TextOf(roleId));
            writer.WriteString("secret_id", TextOf(secretId));
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static string TextOf(SecretBytes line)
    {
        using SecretBytes.Lease lease = line.Open();
        return Encoding.UTF8.GetString(lease.Bytes.Trim(" \r\n"u8));
    }
}
