using System.Collections.Frozen;
using System.Text.Json;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Domain.Numbers;
using Oms.Domain.Orders;
using Oms.Domain.Time;
using Oms.Domain.Transfers;
using Oms.Exchanges.Binance.Budget;

namespace Oms.Exchanges.Binance.Spot;

/// <summary>
/// Transfers by <c>universalTransfer</c> with <c>clientTranId</c>, for all directions (binance-connector-js
/// clients/sub-account, 2026-07). Sub-accounts are named by their e-mail addresses, which the main account lists.
/// </summary>
internal sealed class SpotTransfers(
    RestClients rests, ListingCatalog listings, AccountCredentials main, UserNumbers users) : ITransfers
{
    private const string TransferPath = "/sapi/v1/sub-account/universalTransfer";
    private const string AccountPath = "/api/v3/account";
    private const string SubAccountsPath = "/sapi/v1/sub-account/list";

    /// <summary>A request with this id was taken before: it is this one.</summary>
    private const int Duplicate = -4115;
    private const int NothingToTransfer = -9000;

    /// <summary>Wallets and sub-accounts have limits of their own, by endpoint, far above what is asked here.</summary>
    private const int SeparateWeight = 0;
    private const int SubAccountsPerPage = 200;

    /// <summary>History is asked from this long before the request: clocks differ.</summary>
    private const long EarlierMs = 3_600_000;

    private readonly RestClient _rest = rests.Of(main);
    private FrozenDictionary<long, string> _emails = FrozenDictionary<long, string>.Empty;

    public async Task<Outcome<TransferSeen>> Transfer(SubmitTransfer transfer, CancellationToken cancellation)
    {
        var parameters = new RequestParameters();
        bool isAddressed = await TryAddress(parameters, "fromEmail", transfer.Header.AccountId, cancellation)
            && await TryAddress(parameters, "toEmail", transfer.ToAccountId, cancellation);
        if (!isAddressed)
        {
            return new Outcome<TransferSeen>.Refused(
                RejectReason.ExchangeOverloaded, 0, "not sent: the e-mail address of the account is not known",
                default);
        }

        AssetDefined asset = listings.Assets.First(each => each.AssetId == transfer.AssetId);
        string id = WireTransferId.Format(transfer.TransferId, transfer.Hop);
        _ = parameters
            .Add("clientTranId", id)
            .Add("fromAccountType", TypeOf(transfer.FromWallet))
            .Add("toAccountType", TypeOf(transfer.ToWallet))
            .Add("asset", asset.Name.ToString())
            .Add("amount", DecimalText.FormatShort(transfer.Amount, asset.Decimals));
        Outcome<TransferSeen> outcome = await _rest.Send(
            new(HttpMethod.Post, TransferPath, parameters, RequestLane.NewOrder, main) { Weight = SeparateWeight },
            body => ReadAccepted(body, id, in transfer),
            cancellation);
        return outcome switch
        {
            Outcome<TransferSeen>.Refused { ErrorCode: Duplicate } refused =>
                new Outcome<TransferSeen>.Accepted(
                    Seen(transfer.Header.AccountId, transfer.TransferId, transfer.Hop, 0, TransferEvidence.Accepted,
                        EvidenceSource.Reply),
                    refused.Times),
            Outcome<TransferSeen>.Refused { ErrorCode: NothingToTransfer } refused =>
                new Outcome<TransferSeen>.Refused(
                    RejectReason.ExchangeInsufficientBalance, refused.ErrorCode, refused.Text, refused.Times),
            _ => outcome,
        };
    }

    public async Task<Outcome<TransferSeen>> QueryTransfer(
        ResolveTransfer request, CancellationToken cancellation)
    {
        string id = WireTransferId.Format(request.TransferId, request.Hop);
        long askedMs = request.AskedUnixNanos / UnixNanos.PerMillisecond;
        RequestParameters parameters = new RequestParameters()
            .Add("clientTranId", id)
            .Add("startTime", askedMs - EarlierMs);
        Outcome<RestAnswer.TransferHistory> outcome = await _rest.Send(
            new(HttpMethod.Get, TransferPath, parameters, RequestLane.Query, main) { Weight = SeparateWeight },
            body => JsonSerializer.Deserialize(body, RestJson.Default.TransferHistory)
                ?? throw new JsonException("no history"),
            cancellation);
        return outcome.Then<TransferSeen>((history, times) =>
            history.Result.FirstOrDefault(each => each.ClientTranId == id) is { } found
                ? new Outcome<TransferSeen>.Accepted(
                    Seen(request.Header.AccountId, request.TransferId, request.Hop, found.TranId,
                        EvidenceOf(found.Status), EvidenceSource.Query),
                    times)
                : new Outcome<TransferSeen>.Refused(
                    RejectReason.ExchangeOrderUnknown, 0, "not in the history", times));
    }

    /// <summary>A status that is not known proves nothing yet.</summary>
    private static TransferEvidence EvidenceOf(string status) => status switch
    {
        "SUCCESS" => TransferEvidence.Done,
        "FAILURE" => TransferEvidence.Failed,
        _ => TransferEvidence.Accepted,
    };

    private static string TypeOf(Market wallet) => wallet switch
    {
        Market.Spot => "SPOT",
        Market.Futures => "USDT_FUTURE",
    };

    private static TransferSeen ReadAccepted(byte[] body, string id, in SubmitTransfer transfer)
    {
        RestAnswer.Transfer reply = JsonSerializer.Deserialize(body, RestJson.Default.Transfer)
            ?? throw new JsonException("no transfer");
        return reply.ClientTranId is { } answered && answered != id
            ? throw new FormatException($"the answer is about '{answered}'")
            : Seen(
                transfer.Header.AccountId, transfer.TransferId, transfer.Hop, reply.TranId,
                TransferEvidence.Accepted, EvidenceSource.Reply);
    }

    private static TransferSeen Seen(
        AccountId account, TransferId id, byte hop, long exchangeId, TransferEvidence evidence,
        EvidenceSource source) => new()
        {
            Header = MessageHeader.For<TransferSeen>(account),
            TransferId = id,
            ExchangeTransferId = exchangeId,
            Hop = hop,
            Evidence = evidence,
            Source = source,
        };

    /// <summary>Names an account; the main account is the one that is not named.</summary>
    private async Task<bool> TryAddress(
        RequestParameters parameters, string name, AccountId account, CancellationToken cancellation)
    {
        if (account == main.Id)
        {
            return true;
        }

        if (!users.TryFind(account, out long userId))
        {
            await AskNumber(account, cancellation);
            if (!users.TryFind(account, out userId))
            {
                return false;
            }
        }

        if (!_emails.ContainsKey(userId))
        {
            await ReadEmails(cancellation);
        }

        if (_emails.TryGetValue(userId, out string? email))
        {
            _ = parameters.Add(name, email);
        }

        return email is not null;
    }

    /// <summary>Of an account that does not trade here: nobody else asks it what it holds.</summary>
    private async Task AskNumber(AccountId account, CancellationToken cancellation)
    {
        if (users.CredentialsOf(account) is not { } credentials)
        {
            return;
        }

        Outcome<RestAnswer.Account> outcome = await rests.Of(credentials).Send(
            new(
                HttpMethod.Get, AccountPath, new RequestParameters().Add("omitZeroBalances", "true"),
                RequestLane.Query, credentials) { Weight = SpotAccount.AccountWeight },
            body => JsonSerializer.Deserialize(body, RestJson.Default.Account) ?? throw new JsonException("no account"),
            cancellation);
        if (outcome is Outcome<RestAnswer.Account>.Accepted accepted)
        {
            users.Note(account, accepted.Reply.Uid);
        }
    }

    private async Task ReadEmails(CancellationToken cancellation)
    {
        var emails = new Dictionary<long, string>();
        for (int page = 1; ; page++)
        {
            Outcome<RestAnswer.SubAccounts> outcome = await _rest.Send(
                new(
                    HttpMethod.Get, SubAccountsPath,
                    new RequestParameters().Add("page", page).Add("limit", SubAccountsPerPage),
                    RequestLane.Query, main) { Weight = SeparateWeight },
                body => JsonSerializer.Deserialize(body, RestJson.Default.SubAccounts)
                    ?? throw new JsonException("no sub-accounts"),
                cancellation);
            if (outcome is not Outcome<RestAnswer.SubAccounts>.Accepted accepted)
            {
                return;
            }

            foreach (RestAnswer.SubAccount subAccount in accepted.Reply.List)
            {
                emails[subAccount.SubUserId] = subAccount.Email;
            }

            if (accepted.Reply.List.Length < SubAccountsPerPage)
            {
                break;
            }
        }

        _emails = emails.ToFrozenDictionary();
    }
}
