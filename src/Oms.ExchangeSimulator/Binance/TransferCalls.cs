using Oms.ExchangeSimulator.Exchange;
using Oms.ExchangeSimulator.Transfers;

namespace Oms.ExchangeSimulator.Binance;

/// <summary>Sub-accounts, and money between accounts and wallets, as a main account asks for them.</summary>
internal sealed class TransferCalls(ExchangeCore exchange, TransferDesk desk)
{
    private const string UniversalPath = "/sapi/v1/sub-account/universalTransfer";
    private const string AssetPath = "/sapi/v1/asset/transfer";
    private const int SubAccountsPerPageMax = 200;
    private const int TransfersPerPageMax = 500;
    private const int AssetTransfersPerPageMax = 100;
    private const long WindowMaxMs = 7 * 86_400_000L;

    private static readonly ApiError WindowTooLong = new(400, -1127, "Time interval must be within 0-7 days");

    private static readonly Dictionary<string, (WalletKind From, WalletKind To)> AssetTypes =
        new(StringComparer.Ordinal)
        {
            ["MAIN_UMFUTURE"] = (WalletKind.Spot, WalletKind.UsdtFutures),
            ["UMFUTURE_MAIN"] = (WalletKind.UsdtFutures, WalletKind.Spot),
        };

    public IEnumerable<ApiCall> All() =>
    [
        new("GET", "/sapi/v1/sub-account/list", null, CallSecurity.Signed, _ => 1, SubAccounts),
        new("POST", UniversalPath, null, CallSecurity.Signed, _ => 1, TransferBetween) { MovesMoney = true },
        new("GET", UniversalPath, null, CallSecurity.Signed, _ => 1, History),
        new("POST", AssetPath, null, CallSecurity.Signed, _ => 1, TransferWithin) { MovesMoney = true },
        new("GET", AssetPath, null, CallSecurity.Signed, _ => 1, HistoryWithin),
    ];

    private ApiAnswer SubAccounts(ApiRequest request) => exchange.Read<ApiAnswer>(state =>
    {
        ParameterReader reader = new(request.Parameters, state);
        string? email = request.Parameters["email"];
        long page = reader.OptionalInteger("page") ?? 1;
        // A call without a limit tells of one sub-account.
        long limit = Math.Clamp(reader.OptionalInteger("limit") ?? 1, 1, SubAccountsPerPageMax);
        if (reader.Error is { } error)
        {
            return error;
        }

        IEnumerable<Account> subAccounts = state.Accounts
            .Where(account => account.Main == request.Caller.Name && (email is null || account.Email == email))
            .Skip((int)((page - 1) * limit)).Take((int)limit);
        return ApiAnswer.Of(json => TransferJson.SubAccounts(json, subAccounts));
    });

    private ApiAnswer TransferBetween(ApiRequest request) => exchange.Read<ApiAnswer>(state =>
    {
        ParameterReader reader = new(request.Parameters, state);
        WalletKind from = reader.Word("fromAccountType", Words.Wallets, ApiError.BadValue("fromAccountType"));
        WalletKind to = reader.Word("toAccountType", Words.Wallets, ApiError.BadValue("toAccountType"));
        string? id = reader.OptionalClientOrderId("clientTranId");
        (string asset, long amount) = ReadAmount(reader, request);
        Account? sender = Named(reader, request, state, "fromEmail");
        Account? receiver = Named(reader, request, state, "toEmail");
        if (request.Caller.Main is not null)
        {
            return ApiError.ApiKeyRejected;
        }

        return reader.Error is not null || sender is null || receiver is null
            ? reader.Error ?? ApiError.BadValue("fromEmail")
            : Carry(new NewTransfer(sender, from, receiver, to, asset, amount, id), request.Caller);
    });

    private ApiAnswer TransferWithin(ApiRequest request) => exchange.Read<ApiAnswer>(state =>
    {
        ParameterReader reader = new(request.Parameters, state);
        (WalletKind from, WalletKind to) = reader.Word("type", AssetTypes, ApiError.BadValue("type"));
        (string asset, long amount) = ReadAmount(reader, request);
        return reader.Error is { } error
            ? error
            : Carry(
                new NewTransfer(request.Caller, from, request.Caller, to, asset, amount, null), request.Caller);
    });

    private ApiAnswer History(ApiRequest request) => exchange.Read<ApiAnswer>(state =>
    {
        ParameterReader reader = new(request.Parameters, state);
        string? id = reader.OptionalClientOrderId("clientTranId");
        (long startMs, long endMs) = ReadWindow(reader);
        (int skip, int limit) = ReadPage(reader, "page", "limit", TransfersPerPageMax);
        if (reader.Has("fromEmail") && reader.Has("toEmail"))
        {
            reader.Fail(ApiError.BadCombination);
        }

        if (reader.Error is { } error)
        {
            return error;
        }

        Transfer[] found =
        [
            .. state.Transfers.Transfers.Where(transfer =>
                IsOfFamily(transfer, request.Caller)
                && (id is null || transfer.ClientTransferId == id)
                && (!reader.Has("fromEmail") || transfer.From.Email == request.Parameters["fromEmail"])
                && (!reader.Has("toEmail") || transfer.To.Email == request.Parameters["toEmail"])
                && transfer.TimeMs >= startMs && transfer.TimeMs <= endMs),
        ];
        return ApiAnswer.Of(json => TransferJson.History(json, found.Skip(skip).Take(limit), found.Length));
    });

    private ApiAnswer HistoryWithin(ApiRequest request) => exchange.Read<ApiAnswer>(state =>
    {
        ParameterReader reader = new(request.Parameters, state);
        string type = request.Parameters["type"] ?? "";
        (WalletKind from, WalletKind to) = reader.Word("type", AssetTypes, ApiError.BadValue("type"));
        (long startMs, long endMs) = ReadWindow(reader);
        (int skip, int limit) = ReadPage(reader, "current", "size", AssetTransfersPerPageMax);
        if (reader.Error is { } error)
        {
            return error;
        }

        Transfer[] found =
        [
            .. state.Transfers.Transfers.Where(transfer =>
                transfer.IsWithinAccount && transfer.From == request.Caller
                && transfer.FromWallet == from && transfer.ToWallet == to
                && transfer.TimeMs >= startMs && transfer.TimeMs <= endMs),
        ];
        return ApiAnswer.Of(json => TransferJson.Within(json, type, found.Skip(skip).Take(limit), found.Length));
    });

    private ApiAnswer Carry(NewTransfer asked, Account caller)
    {
        TransferResult result = desk.Transfer(asked);
        return result.Transfer is { } transfer
            ? ApiAnswer.Of(json => TransferJson.Accepted(json, transfer))
            : ApiRefusals.ToError(result.Refusal, caller.OrderCount.Limits);
    }

    private static bool IsOfFamily(Transfer transfer, Account main) =>
        transfer.From == main || transfer.To == main
        || transfer.From.Main == main.Name || transfer.To.Main == main.Name;

    /// <summary>A sub-account by its e-mail; the main account itself where none is named.</summary>
    private static Account? Named(
        ParameterReader reader, ApiRequest request, ExchangeState state, string parameter)
    {
        if (!reader.Has(parameter))
        {
            return request.Caller;
        }

        Account? named = state.Accounts.FirstOrDefault(account =>
            account.Email == request.Parameters[parameter]
            && (account.Main == request.Caller.Name || account == request.Caller));
        if (named is null)
        {
            reader.Fail(ApiError.BadValue(parameter));
        }

        return named;
    }

    private static (string Asset, long Amount) ReadAmount(ParameterReader reader, ApiRequest request)
    {
        reader.Require("asset");
        return (request.Parameters["asset"] ?? "", reader.RequiredAmount("amount"));
    }

    private static (long StartMs, long EndMs) ReadWindow(ParameterReader reader)
    {
        long? start = reader.OptionalInteger("startTime");
        long? end = reader.OptionalInteger("endTime");
        if (start is { } from && end is { } to && to - from > WindowMaxMs)
        {
            reader.Fail(WindowTooLong);
        }

        return (start ?? 0, end ?? long.MaxValue);
    }

    private static (int Skip, int Limit) ReadPage(
        ParameterReader reader, string pageName, string sizeName, int sizeMax)
    {
        long page = Math.Max(1, reader.OptionalInteger(pageName) ?? 1);
        long size = Math.Clamp(reader.OptionalInteger(sizeName) ?? sizeMax, 1, sizeMax);
        return ((int)((page - 1) * size), (int)size);
    }
}
