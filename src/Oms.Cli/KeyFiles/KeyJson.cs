using System.Globalization;
using Oms.Keys;

namespace Oms.Cli.KeyFiles;

/// <summary>A key as scripts see it: everything but its two halves.</summary>
internal sealed record KeyJson(
    string KeyId,
    string Account,
    string Market,
    string Kind,
    int Priority,
    string Created,
    string Fingerprint)
{
    public static KeyJson Of(ExchangeKey key) => new(
        key.Id,
        key.Owner.Account.ToString(),
        key.Owner.MarketToken,
        key.Kind switch
        {
            ExchangeKeyKind.HmacSha256 => "hmac",
            ExchangeKeyKind.Ed25519 => "ed25519",
        },
        key.Priority,
        key.Created.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        key.Fingerprint);
}
