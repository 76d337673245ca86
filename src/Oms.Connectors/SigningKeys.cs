using Oms.Exchanges;
using Oms.Keys;

namespace Oms.Connectors;

/// <summary>Keys as exchanges use them.</summary>
internal static class SigningKeys
{
    /// <summary>The secret stays where it is.</summary>
    public static SigningKey Of(ExchangeKey key) => new(
        key.ApiKey,
        key.Kind switch
        {
            ExchangeKeyKind.HmacSha256 => SigningKind.HmacSha256,
            ExchangeKeyKind.Ed25519 => SigningKind.Ed25519,
        },
        key.Sign);
}
