using Microsoft.Extensions.Logging;
using Oms.Domain.Accounts;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;

namespace Oms.Connectors;

/// <summary>What this project logs; event ids 3000 to 3499.</summary>
internal static partial class Log
{
    [LoggerMessage(
        3000, LogLevel.Information,
        "Connector {Connector} starts session {Session} with {Accounts} accounts")]
    public static partial void SessionStarts(ILogger logger, int connector, long session, int accounts);

    [LoggerMessage(3001, LogLevel.Warning, "{Exchange}: not reachable: {Reason}")]
    public static partial void ExchangeUnreachable(ILogger logger, string exchange, string reason);

    [LoggerMessage(
        3002, LogLevel.Warning, "{Account}: order {OrderId} refused: {Reason}, {ErrorCode}: {Text}")]
    public static partial void OrderRefused(
        ILogger logger, AccountName account, OrderId orderId, Domain.Orders.RejectReason reason,
        int errorCode,
        string text);

    [LoggerMessage(3003, LogLevel.Warning, "{Account}: outcome of order {OrderId} is unknown: {Reason}")]
    public static partial void OutcomeUnknown(
        ILogger logger, AccountName account, OrderId orderId, string reason);

    [LoggerMessage(3004, LogLevel.Warning, "{Account}: cancel of order {OrderId} failed: {Reason}")]
    public static partial void CancelFailed(
        ILogger logger, AccountName account, OrderId orderId, string reason);

    [LoggerMessage(3005, LogLevel.Warning, "{Account}: order {OrderId} cannot be resolved now: {Reason}")]
    public static partial void NotResolved(
        ILogger logger, AccountName account, OrderId orderId, string reason);

    [LoggerMessage(3006, LogLevel.Information, "{Account}: order {OrderId} never reached the exchange")]
    public static partial void OrderAbsent(ILogger logger, AccountName account, OrderId orderId);

    [LoggerMessage(
        3007, LogLevel.Error, "{Account}: order {OrderId} was asked for a second time and not sent again")]
    public static partial void OrderRepeated(ILogger logger, AccountName account, OrderId orderId);

    [LoggerMessage(
        3008, LogLevel.Information, "{Account}: evidence round {EvidenceId} complete: {IsComplete}")]
    public static partial void RoundEnded(
        ILogger logger, AccountName account, long evidenceId, bool isComplete);

    [LoggerMessage(3009, LogLevel.Information, "{Account}: private stream {State}")]
    public static partial void StreamChanged(ILogger logger, AccountName account, StreamState state);

    [LoggerMessage(
        3010, LogLevel.Warning, "A request of kind {Kind} for account {AccountId} has no one to serve it")]
    public static partial void RequestForNobody(ILogger logger, MessageKind kind, AccountId accountId);

    [LoggerMessage(3012, LogLevel.Warning, "{Account}: outcome of transfer {TransferId} unknown: {Reason}")]
    public static partial void TransferUnknown(
        ILogger logger, AccountName account, TransferId transferId, string reason);

    [LoggerMessage(
        3013, LogLevel.Warning, "{Account}: transfer {TransferId} refused: {Reason} ({ErrorCode} {Text})")]
    public static partial void TransferRefused(
        ILogger logger, AccountName account, TransferId transferId, RejectReason reason, int errorCode, string text);

    [LoggerMessage(3014, LogLevel.Warning, "{Account}: transfer {TransferId} cannot be resolved now: {Reason}")]
    public static partial void TransferNotResolved(
        ILogger logger, AccountName account, TransferId transferId, string reason);

    [LoggerMessage(3011, LogLevel.Critical, "The connector process ends")]
    public static partial void Ends(ILogger logger, Exception exception);

    [LoggerMessage(3016, LogLevel.Critical, "{Account}: halted: {Reason}")]
    public static partial void KeysRefused(ILogger logger, AccountName account, string reason);

    [LoggerMessage(3017, LogLevel.Information, "{Account}: signs with {Key} from now on")]
    public static partial void KeyChanged(ILogger logger, AccountName account, string key);

    [LoggerMessage(3019, LogLevel.Warning, "{Key}: {Warning}")]
    public static partial void KeyUnwise(ILogger logger, string key, string warning);

    [LoggerMessage(
        3020, LogLevel.Warning,
        "{Account}: a halt canceled everything of instrument {Instrument}, {Orders} orders of ours")]
    public static partial void AllCanceled(ILogger logger, AccountName account, InstrumentId instrument, int orders);

    [LoggerMessage(3021, LogLevel.Critical, "{Account}: halted: {Difference}")]
    public static partial void SettingsDiffer(ILogger logger, AccountName account, string difference);

    [LoggerMessage(3015, LogLevel.Warning, "{Account}: change of order {OrderId} failed: {Reason}")]
    public static partial void AmendFailed(
        ILogger logger, AccountName account, OrderId orderId, string reason);

    [LoggerMessage(3018, LogLevel.Warning,
        "{Account}: its private stream says nothing of order {ExchangeOrderId}, and is made anew")]
    public static partial void StreamKeepsSilent(ILogger logger, AccountName account, long exchangeOrderId);
}
