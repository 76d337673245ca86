using System.Buffers;
using Grpc.Core;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Domain.Numbers;
using Oms.Domain.Text;
using Oms.Domain.Time;
using Oms.Gateway.Access;
using Oms.Gateway.Commands;
using Oms.Gateway.Events;
using Oms.Gateway.Listings;
using Oms.Gateway.Transfers;

namespace Oms.Gateway.Api;

/// <summary>
/// Starts transfers and tells how they stand. Checks what can be checked without knowing balances; everything about
/// money is FastPath's to decide.
/// </summary>
internal sealed class TransferCalls(
    ListingNames names,
    CommandDesk desk,
    PendingReplies replies,
    GatewayViews views,
    ContractMapping mapping,
    RateLimits limits,
    TimeProvider time)
{
    private static readonly SearchValues<char> Allowed = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:/-");

    public async Task<V1.StartTransferResponse> Start(V1.StartTransferRequest request, ServerCallContext context)
    {
        StartTransfer start = Read(request);
        limits.TakeCommand(request.FromAccount);
        CommandReply reply = await desk.Send(
            number => start with { CorrelationId = number }, context.Deadline, context.CancellationToken)
            ?? throw RpcFailures.TransferOutcomeUnknown(start.ClientTransferId.ToString());
        RpcFailures.ThrowIfNotTaken(reply.Fate);
        return new() { Transfer = reply.Transfer is null ? null : mapping.Of(reply.Transfer) };
    }

    public V1.GetTransferResponse Get(V1.GetTransferRequest request)
    {
        KnownAccount account = AccountFilter.Known(names, request.Account);
        TransferRecord? transfer = views.Transfers.Find(IdOf(request.ClientTransferId));
        return transfer?.Report.Header.AccountId == account.Id
            ? new() { Transfer = mapping.Of(transfer) }
            : throw RpcFailures.TransferNotFound();
    }

    public V1.ListTransfersResponse List(V1.ListTransfersRequest request, ServerCallContext context)
    {
        var accounts = AccountFilter.Readable(context, names, request.Account);
        Page page = Page.Of(request.PageSize, request.PageToken);
        (List<TransferRecord> rows, string token) = page.Take(
            views.Transfers.NewestFirst(page.Below).Where(
                row => accounts.Contains(row.Transfer.Report.Header.AccountId)));
        return new() { Transfers = { rows.Select(mapping.Of) }, NextPageToken = token };
    }

    private StartTransfer Read(V1.StartTransferRequest request)
    {
        KnownAccount from = Known("from_account", request.FromAccount);
        KnownAccount to = Known("to_account", request.ToAccount);
        KnownAsset asset = names.FindAsset(request.Asset)
            ?? throw RpcFailures.Invalid("asset", $"{request.Asset} is not known");
        if (!DecimalText.TryParse(request.Amount, asset.Decimals, out long amount) || amount <= 0)
        {
            throw RpcFailures.Invalid(
                "amount", $"is no decimal above zero with at most {asset.Decimals} decimals");
        }

        return new()
        {
            Header = MessageHeader.For<StartTransfer>(from.Id),
            ToAccountId = to.Id,
            AssetId = asset.Id,
            FromWallet = WalletOf("from_wallet", request.FromWallet),
            ToWallet = WalletOf("to_wallet", request.ToWallet),
            Amount = amount,
            CorrelationId = 0,
            ClientTransferId = IdOf(
                request.ClientTransferId.Length > 0 ? request.ClientTransferId : replies.NextClientOrderId()),
            IntentUnixNanos = UnixNanos.Of(time.GetUtcNow()).Value,
        };
    }

    private KnownAccount Known(string field, string account) =>
        names.FindAccount(account) ?? throw RpcFailures.Invalid(field, $"'{account}' is not known");

    private static Market WalletOf(string field, V1.Market wallet) => wallet switch
    {
        V1.Market.Unspecified => Market.Spot,
        V1.Market.Spot or V1.Market.Futures => (Market)wallet,
        _ => throw RpcFailures.Invalid(field, "is no wallet"),
    };

    private static Text32 IdOf(string id) =>
        id.Length is > 0 and <= Text32.Length && !id.AsSpan().ContainsAnyExcept(Allowed)
            ? Text32.Of(id)
            : throw RpcFailures.Invalid("client_transfer_id", "is not 1 to 32 characters of [A-Za-z0-9._:/-]");
}
