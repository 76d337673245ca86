namespace Oms.Exchanges.Binance;

/// <summary>A request as it is meant, before time stamp and signature.</summary>
/// <param name="Account">Who signs it; null when it is not signed.</param>
internal sealed record RestRequest(
    HttpMethod Method, string Path, RequestParameters Parameters, RequestLane Lane,
    AccountCredentials? Account)
{
    /// <summary>What the WebSocket API calls the same; null where it does not have it.</summary>
    public string? SocketMethod { get; init; }

    /// <summary>Whether a signature is asked for beside the account's key.</summary>
    public bool IsSigned { get; init; } = Account is not null;
}
