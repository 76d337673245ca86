using Grpc.Core;
using Oms.Domain.Numbers;
using Oms.Gateway.Events;
using Oms.Gateway.Listings;

namespace Oms.Gateway.Api;

/// <summary>Tells accounts and what they hold.</summary>
internal sealed class AccountService(ListingNames names, StateReader state, GatewayViews views)
    : V1.AccountService.AccountServiceBase
{
    public override Task<V1.ListAccountsResponse> ListAccounts(
        V1.ListAccountsRequest request, ServerCallContext context)
    {
        var readable = AccountFilter.Readable(context, names, "");
        return Task.FromResult(new V1.ListAccountsResponse
        {
            Accounts = { names.Accounts.Where(account => readable.Contains(account.Id)).Select(Of) },
        });
    }

    public override Task<V1.ListBalancesResponse> ListBalances(
        V1.ListBalancesRequest request, ServerCallContext context)
    {
        var accounts = AccountFilter.Readable(context, names, request.Account);
        var response = new V1.ListBalancesResponse();
        foreach (var row in state.Balances.OrderBy(row => row.Header.AccountId.Value))
        {
            if (accounts.Contains(row.Header.AccountId)
                && names.FindAccount(row.Header.AccountId) is { } account
                && names.FindAsset(row.AssetId) is { } asset)
            {
                response.Balances.Add(new V1.Balance
                {
                    Account = account.Name,
                    Wallet = (V1.Market)row.Wallet,
                    Asset = asset.Name,
                    Free = DecimalText.FormatShort(row.Free, asset.Decimals),
                    Reserved = DecimalText.FormatShort(row.ReservedAmount, asset.Decimals),
                    InTransit = DecimalText.FormatShort(row.InTransit, asset.Decimals),
                });
            }
        }

        return Task.FromResult(response);
    }

    private V1.Account Of(KnownAccount account) => new()
    {
        Name = account.Name,
        Exchange = account.Exchange,
        Markets = { account.EnabledMarkets().Select(market => (V1.Market)market) },
        Gate = (V1.AccountGate)(state.GateOf(account)?.Gate ?? 0),
        LastSequence = views.Sequences.LastOf(account.Id),
    };
}
