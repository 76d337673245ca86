using System.Text.Json;
using Oms.Exchanges.Binance.Budget;

namespace Oms.Exchanges.Binance.Futures;

/// <summary>
/// The key of an account's user data: good for an hour, and for another one each time that it is extended. Asking for
/// one while one is good gives the same.
/// </summary>
internal sealed class ListenKey(RestClient rest, AccountCredentials account)
{
    public static readonly TimeSpan ExtendInterval = TimeSpan.FromMinutes(30);

    private const string Path = "/fapi/v1/listenKey";

    /// <exception cref="IOException">There is none to be had now.</exception>
    public async Task<string> Open(CancellationToken cancellation)
    {
        Outcome<string> outcome = await rest.Send(
            Request(HttpMethod.Post),
            body => JsonSerializer.Deserialize(body, FuturesJson.Default.ListenKey)?.Key
                ?? throw new JsonException("null"),
            cancellation);
        return outcome switch
        {
            Outcome<string>.Accepted accepted => accepted.Reply,
            Outcome<string>.Refused refused => throw new IOException(
                $"no listen key: {refused.ErrorCode}: {refused.Text}"),
            Outcome<string>.Unknown unknown => throw new IOException($"no listen key: {unknown.Text}"),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>False when the key is no longer one; what only failed is tried again before the hour is over.</summary>
    public async Task<bool> Extend(CancellationToken cancellation) =>
        await rest.Send(Request(HttpMethod.Put), body => body, cancellation)
            is not Outcome<byte[]>.Refused { ErrorCode: ErrorTable.UnknownListenKey };

    private RestRequest Request(HttpMethod method) =>
        new(method, Path, new(), RequestLane.Cancel, account) { IsSigned = false };
}
