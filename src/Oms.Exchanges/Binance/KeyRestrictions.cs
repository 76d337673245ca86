using System.Text.Json;
using Oms.Domain.Instruments;
using Oms.Exchanges.Binance.Budget;

namespace Oms.Exchanges.Binance;

/// <summary>
/// What a key may do, as <c>GET /sapi/v1/account/apiRestrictions</c> says it (binance-connector-js clients/wallet,
/// 2026-07), of keys of each market. The testnet of spot has no wallet, and no answer.
/// </summary>
internal static class KeyRestrictions
{
    private const string Path = "/sapi/v1/account/apiRestrictions";

    /// <summary>Wallets have limits of their own, by endpoint.</summary>
    private const int SeparateWeight = 0;

    /// <param name="wallet">Reaches the host of spot, whichever market the key is of.</param>
    public static Task<Outcome<KeyRights>> Query(
        RestClient wallet, AccountCredentials account, CancellationToken cancellation) => wallet.Send(
        new(HttpMethod.Get, Path, new(), RequestLane.Query, account) { Weight = SeparateWeight },
        body => Read(body, account.Market),
        cancellation);

    private static KeyRights Read(byte[] body, Market market)
    {
        RestAnswer.KeyRestrictions answer = JsonSerializer.Deserialize(body, RestJson.Default.KeyRestrictions)
            ?? throw new JsonException("null");
        return new(
            market == Market.Spot ? answer.EnableSpotAndMarginTrading : answer.EnableFutures,
            answer.EnableWithdrawals, answer.IpRestrict);
    }
}
