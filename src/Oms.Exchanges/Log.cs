using Microsoft.Extensions.Logging;
using Oms.Domain.Accounts;

namespace Oms.Exchanges;

/// <summary>What this project logs; event ids 3500 to 3999.</summary>
internal static partial class Log
{
    [LoggerMessage(3500, LogLevel.Information, "{Exchange}: connected to {Uri}")]
    public static partial void Connected(ILogger logger, string exchange, Uri uri);

    [LoggerMessage(
        3501, LogLevel.Warning, "{Exchange}: connection to {Uri} lost: {Reason}; next try in {DelayMs} ms")]
    public static partial void ConnectionLost(
        ILogger logger, string exchange, Uri uri, string reason, int delayMs);

    [LoggerMessage(3502, LogLevel.Information, "{Account}: private stream subscribed as {SubscriptionId}")]
    public static partial void Subscribed(ILogger logger, AccountName account, int subscriptionId);

    [LoggerMessage(3503, LogLevel.Error, "{Account}: private stream refused with {ErrorCode}: {Text}")]
    public static partial void SubscriptionRefused(
        ILogger logger, AccountName account, int errorCode, string text);

    [LoggerMessage(3504, LogLevel.Warning, "{Account}: the exchange ended the private stream")]
    public static partial void SubscriptionEnded(ILogger logger, AccountName account);

    [LoggerMessage(3505, LogLevel.Warning, "{Account}: order {ClientOrderId} of {Symbol} is not ours")]
    public static partial void ForeignOrder(
        ILogger logger, AccountName account, string clientOrderId, string symbol);

    [LoggerMessage(3506, LogLevel.Error, "{Exchange}: unreadable {What}: {Reason}")]
    public static partial void Unreadable(ILogger logger, string exchange, string what, string reason);

    [LoggerMessage(
        3507, LogLevel.Error, "{Account}: fee of {Asset}, an asset that is not configured, is not booked")]
    public static partial void FeeAssetUnknown(ILogger logger, AccountName account, string asset);

    [LoggerMessage(
        3508, LogLevel.Information, "{Exchange}: clock offset {OffsetMs} ms, round trip {RoundTripMs} ms")]
    public static partial void ClockSynchronised(
        ILogger logger, string exchange, long offsetMs, long roundTripMs);

    [LoggerMessage(
        3509, LogLevel.Error, "{Exchange}: rate limited with {ErrorCode}, nothing is sent for {HoldMs} ms")]
    public static partial void RateLimited(ILogger logger, string exchange, int errorCode, long holdMs);

    [LoggerMessage(3510, LogLevel.Information, "{Symbol}: book valid at update {UpdateId}")]
    public static partial void BookValid(ILogger logger, string symbol, long updateId);

    [LoggerMessage(3511, LogLevel.Warning, "{Symbol}: book invalid: {Reason}")]
    public static partial void BookInvalid(ILogger logger, string symbol, string reason);

    [LoggerMessage(3512, LogLevel.Error, "{Symbol}: not tradable: {Reason}")]
    public static partial void NotTradable(ILogger logger, string symbol, string reason);

    [LoggerMessage(
        3513, LogLevel.Critical,
        "{Account}: the exchange closes a position by itself, with order {ClientOrderId}")]
    public static partial void ForcedClose(ILogger logger, AccountName account, string clientOrderId);

    [LoggerMessage(3514, LogLevel.Critical, "{Account}: little margin is left: {Text}")]
    public static partial void MarginCall(ILogger logger, AccountName account, string text);

    [LoggerMessage(3515, LogLevel.Information, "{Account}: {Setting} set")]
    public static partial void SettingMade(ILogger logger, AccountName account, string setting);

    [LoggerMessage(3517, LogLevel.Warning, "{Account}: the dead man's switch of {Symbol} was not told: {Reason}")]
    public static partial void SwitchNotTold(ILogger logger, AccountName account, string symbol, string reason);

    [LoggerMessage(3516, LogLevel.Error, "{Account}: {Setting} refused with {ErrorCode}: {Text}")]
    public static partial void SettingRefused(
        ILogger logger, AccountName account, string setting, int errorCode, string text);
}
