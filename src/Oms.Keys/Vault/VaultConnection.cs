using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Oms.Domain.Configuration;
using Oms.Keys.Memory;

namespace Oms.Keys.Vault;

/// <summary>
/// Requests to a Vault server over HTTP: the headers that it wants, its certificate checked, and a bounded
/// number of tries where trying again may help.
/// </summary>
internal sealed class VaultConnection : IDisposable
{
    public const int TriesMax = 4;

    /// <summary>A secret with some keys has a kilobyte.</summary>
    public const int ReplyLengthBytesMax = 64 * 1024;

    public static readonly TimeSpan TryTimeout = TimeSpan.FromSeconds(5);
    public static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    public static readonly TimeSpan PauseMax = TimeSpan.FromSeconds(5);

    private readonly VaultConfiguration _configuration;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;

    /// <exception cref="KeysException">The file of authorities cannot be used.</exception>
    public VaultConnection(VaultConfiguration configuration, TimeProvider time)
    {
        (_configuration, _time) = (configuration, time);
        var handler = new SocketsHttpHandler
        {
            // A redirect would take the token to another host, and a proxy is not asked for secrets.
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ConnectTimeout = TryTimeout,
            SslOptions = new SslClientAuthenticationOptions
            {
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                CertificateChainPolicy =
                    configuration.CaFile is { } file ? TrustOnly(AuthoritiesIn(file)) : null,
            },
        };
        _http = new(handler) { BaseAddress = new(configuration.Address, "/v1/") };
    }

    /// <param name="token">Null for requests that need none.</param>
    /// <returns>What was answered; where trying again may help, what was answered to the last try.</returns>
    /// <exception cref="KeysException">The server cannot be reached, or is sealed.</exception>
    public async Task<VaultReply> Send(
        HttpMethod method, string path, ReadOnlyMemory<byte> body, string? token,
        CancellationToken cancellation)
    {
        TimeSpan pause = FirstPause;
        for (int tried = 1; ; tried++)
        {
            TimeSpan? retryAfter = null;
            try
            {
                VaultReply reply = await Try(method, path, body, token, cancellation);
                if (reply.IsSealed)
                {
                    reply.Dispose();
                    throw Unavailable("it is sealed");
                }

                if (!reply.IsPassing || tried == TriesMax)
                {
                    return reply;
                }

                retryAfter = reply.RetryAfter;
                reply.Dispose();
            }
            catch (Exception exception) when (IsOfTransport(exception, cancellation))
            {
                if (tried == TriesMax)
                {
                    throw Unavailable($"{method} {path}: {TextOf(exception)} ({TriesMax} tries)");
                }
            }

            await Task.Delay(Shorter(retryAfter ?? pause, PauseMax), _time, cancellation);
            pause *= 2;
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Names the server; shows no token.</summary>
    public override string ToString() => $"Vault {_configuration.Address.GetLeftPart(UriPartial.Authority)}";

    private async Task<VaultReply> Try(
        HttpMethod method, string path, ReadOnlyMemory<byte> body, string? token,
        CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(TryTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Add("X-Vault-Request", "true");
        if (token is not null)
        {
            request.Headers.Add("X-Vault-Token", token);
        }

        if (_configuration.Namespace is { } name)
        {
            request.Headers.Add("X-Vault-Namespace", name);
        }

        if (!body.IsEmpty)
        {
            request.Content = new ReadOnlyMemoryContent(body)
            {
                Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
            };
        }

        using HttpResponseMessage response =
            await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
        await using Stream stream = await response.Content.ReadAsStreamAsync(either.Token);
        long length = response.Content.Headers.ContentLength ?? ReplyLengthBytesMax;
        if (length > ReplyLengthBytesMax)
        {
            throw new KeysException($"{this}: {method} {path}: the answer has {length} bytes");
        }

        return new(
            response.StatusCode, response.Headers.RetryAfter?.Delta,
            await SecretBytes.ReadFromAsync(stream, (int)length, either.Token));
    }

    private static bool IsOfTransport(Exception exception, CancellationToken cancellation) =>
        exception is HttpRequestException or IOException
        || (exception is OperationCanceledException && !cancellation.IsCancellationRequested);

    private static string TextOf(Exception exception) => exception switch
    {
        OperationCanceledException => $"no answer within {TryTimeout.TotalSeconds} s",
        { InnerException: { } inner } => $"{exception.Message} {inner.Message}",
        _ => exception.Message,
    };

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static X509Certificate2Collection AuthoritiesIn(string file)
    {
        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPemFile(file);
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new KeysException($"the authorities of Vault cannot be read: {file}: {exception.Message}");
        }

        return authorities.Count > 0
            ? authorities
            : throw new KeysException(
                $"the authorities of Vault cannot be read: {file}: no certificate in it");
    }

    private static X509ChainPolicy TrustOnly(X509Certificate2Collection authorities)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }

    private KeysException Unavailable(string failure) => new($"{this}: {failure}", mayPass: true);
}
