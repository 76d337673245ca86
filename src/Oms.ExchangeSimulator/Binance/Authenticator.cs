using System.Collections.Concurrent;
using System.Globalization;

namespace Oms.ExchangeSimulator.Binance;

/// <summary>Decides whether a signed request is what its key's owner sent, and sent just now.</summary>
internal sealed class Authenticator(IEnumerable<ApiKey> keys, Func<long> nowMs)
{
    private const decimal ReceiveWindowDefaultMs = 5_000;
    private const decimal ReceiveWindowMaxMs = 60_000;
    private const decimal AheadMaxMs = 1_000;
    private const int KeyLengthMax = 512;

    /// <summary>Timestamps above this are microseconds.</summary>
    private const decimal MillisecondsMax = 100_000_000_000_000;

    private readonly ConcurrentDictionary<string, ApiKey> _keys = new(
        keys.Select(key => KeyValuePair.Create(key.Key, key)), StringComparer.Ordinal);

    /// <summary>A key is no key any more; false where it is none.</summary>
    public bool TryRevoke(string apiKey) => _keys.TryRemove(apiKey, out _);

    /// <summary>A key may do something else from now on; false where it is none.</summary>
    public bool TryChange(string apiKey, Func<ApiKey, ApiKey> change) =>
        _keys.TryGetValue(apiKey, out ApiKey? known) && _keys.TryUpdate(apiKey, change(known), known);

    /// <summary>A key that was good, as it is now; null where it is none any more.</summary>
    public ApiKey? Current(ApiKey key) => _keys.GetValueOrDefault(key.Key);

    /// <summary>Finds the key; the error is null when it was found.</summary>
    public (ApiKey? Key, ApiError? Error) Identify(string? apiKey)
    {
        if (string.IsNullOrEmpty(apiKey) || apiKey.Length > KeyLengthMax)
        {
            return (null, ApiError.ApiKeyFormat);
        }

        return _keys.TryGetValue(apiKey, out ApiKey? known) ? (known, null) : (null, ApiError.ApiKeyRejected);
    }

    /// <summary>Null when the signature and the time are good.</summary>
    public ApiError? CheckSigned(ApiKey key, RequestParameters parameters, ReadOnlySpan<byte> payload)
    {
        if (string.IsNullOrEmpty(parameters["timestamp"]))
        {
            return ApiError.Missing("timestamp");
        }

        if (parameters["signature"] is not { Length: > 0 } signature)
        {
            return ApiError.Missing("signature");
        }

        return key.SigningKey.IsSignedBy(payload, signature) ? CheckTime(parameters) : ApiError.BadSignature;
    }

    /// <summary>Null when the timestamp is within its window.</summary>
    public ApiError? CheckTime(RequestParameters parameters)
    {
        if (!TryParse(parameters["timestamp"], out decimal timestampMs))
        {
            return ApiError.Missing("timestamp");
        }

        decimal receiveWindowMs = ReceiveWindowDefaultMs;
        if (parameters["recvWindow"] is { Length: > 0 } text && !TryParse(text, out receiveWindowMs))
        {
            return ApiError.IllegalCharacters("recvWindow", "^([0-9]{1,5})(\\.[0-9]{1,3})?$");
        }

        if (receiveWindowMs > ReceiveWindowMaxMs)
        {
            return ApiError.ReceiveWindowTooLarge;
        }

        timestampMs = timestampMs > MillisecondsMax ? timestampMs / 1_000 : timestampMs;
        long now = nowMs();
        if (timestampMs >= now + AheadMaxMs)
        {
            return ApiError.AheadOfServer;
        }

        return now - timestampMs <= receiveWindowMs ? null : ApiError.OutsideReceiveWindow;
    }

    private static bool TryParse(string? text, out decimal number) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);
}
