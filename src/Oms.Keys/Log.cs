using Microsoft.Extensions.Logging;

namespace Oms.Keys;

/// <summary>What this project logs; event ids 3800 to 3899.</summary>
internal static partial class Log
{
    [LoggerMessage(3800, LogLevel.Information, "A new key is offered: {Rotation}")]
    public static partial void KeyOffered(ILogger logger, KeyRotation rotation);

    [LoggerMessage(
        3801, LogLevel.Information, "The exchange accepted {Key}; it signs from now on, not {Old}")]
    public static partial void KeyProven(ILogger logger, ExchangeKey key, ExchangeKey? old);

    [LoggerMessage(3802, LogLevel.Error, "The exchange refused {Key}: {Reason}")]
    public static partial void KeyRefused(ILogger logger, ExchangeKey key, string reason);

    [LoggerMessage(3803, LogLevel.Warning, "Keys are {Standing}: {Status}")]
    public static partial void StatusChanged(ILogger logger, KeyStanding standing, KeyStatus status);

    [LoggerMessage(3804, LogLevel.Warning, "Keys cannot be read, those known sign on: {Reason}")]
    public static partial void SourceUnavailable(ILogger logger, string reason);

    [LoggerMessage(
        3805, LogLevel.Information, "Logged in to Vault {Address}; the token lasts {LeaseSeconds} s")]
    public static partial void VaultLoggedIn(ILogger logger, Uri address, long leaseSeconds);

    [LoggerMessage(3806, LogLevel.Debug, "Renewed the token of Vault {Address} for {LeaseSeconds} s")]
    public static partial void VaultRenewed(ILogger logger, Uri address, long leaseSeconds);

    [LoggerMessage(
        3807, LogLevel.Warning,
        "The token of Vault {Address} ends in {LeaseSeconds} s for good: replace it in {TokenFile}")]
    public static partial void VaultTokenEnds(
        ILogger logger, Uri address, long leaseSeconds, string tokenFile);
}
