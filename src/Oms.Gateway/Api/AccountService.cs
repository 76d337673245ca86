using Grpc.Core;
using Oms.Domain.Messages;
using Oms.Domain.Numbers;
using Oms.Gateway.Events;
using Oms.Gateway.Listings;

namespace Oms.Gateway.Api;

/// <summary>Tells accounts and what they hold, and moves it.</summary>
internal sealed class AccountService(
    ListingNames names, StateReader state, GatewayViews views, TransferCalls transfers)
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
        List<BalanceChanged> rows = state.BalancesAt(out long logSequence);
        var response = new V1.ListBalancesResponse { LogSequence = logSequence };
        foreach (var row in rows.OrderBy(row => row.Header.AccountId.Value))
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

    public override Task<V1.StartTransferResponse> StartTransfer(
        V1.StartTransferRequest request, ServerCallContext context) => transfers.Start(request, context);

    public override Task<V1.GetTransferResponse> GetTransfer(
        V1.GetTransferRequest request, ServerCallContext context) => Task.FromResult(transfers.Get(request));

    public override Task<V1.ListTransfersResponse> ListTransfers(
        V1.ListTransfersRequest request, ServerCallContext context) =>
        Task.FromResult(transfers.List(request, context));

    private V1.Account Of(KnownAccount account) => new()
    {
        Name = account.Name,
        Exchange = account.Exchange,
        Markets = { account.EnabledMarkets().Select(market => (V1.Market)market) },
        Gate = (V1.AccountGate)(state.GateOf(account)?.Gate ?? 0),
        LastSequence = views.Sequences.LastOf(account.Id),
    };
}
