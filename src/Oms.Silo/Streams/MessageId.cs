using System.Globalization;
using Oms.Domain.Accounts;

namespace Oms.Silo.Streams;

/// <summary>The id of a published event: <c>exchange/account:sequence</c>.</summary>
internal static class MessageId
{
    public static string Of(AccountName account, long sequence) =>
        string.Create(CultureInfo.InvariantCulture, $"{account}:{sequence}");

    /// <summary>False when the message was not made of an event of this account.</summary>
    public static bool TryParse(string? id, AccountName account, out long sequence)
    {
        sequence = 0;
        string prefix = $"{account}:";
        return id is not null
            && id.StartsWith(prefix, StringComparison.Ordinal)
            && long.TryParse(
                id.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out sequence);
    }
}
