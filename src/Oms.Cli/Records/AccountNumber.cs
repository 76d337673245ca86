using System.Globalization;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Journal;
using Oms.SharedMemory.Regions;
using Oms.SharedMemory.Tables;

namespace Oms.Cli.Records;

/// <summary>Finds the number of an account, which is what stands in records.</summary>
internal static class AccountNumber
{
    /// <param name="text">The number, or <c>exchange/account</c>.</param>
    /// <param name="region">In which a running FastPath shows its accounts; null where there is none.</param>
    /// <exception cref="RefusedException">Neither FastPath nor the log names such an account.</exception>
    public static AccountId Of(string text, SharedRegion? region, string logFolder)
    {
        if (uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint number))
        {
            return new(number);
        }

        return FromTables(text, region) ?? FromLog(text, logFolder) ?? throw new RefusedException(
            $"account: '{text}' is defined neither by a running FastPath nor in what is left of the log");
    }

    private static AccountId? FromTables(string name, SharedRegion? region)
    {
        if (region is null || !File.Exists(region.TablePath(StateTables.Accounts)))
        {
            return null;
        }

        using var directory = new ListingDirectory(region);
        return directory.TryFindAccount(name, out AccountDefined account) ? account.Header.AccountId : null;
    }

    private static AccountId? FromLog(string name, string logFolder)
    {
        using LogReader log = LogReader.FromStart(logFolder);
        while (log.TryRead(out LogRecord record))
        {
            if (MessageBytes.Header(record.Message).Kind == MessageKind.AccountDefined
                && MessageBytes.As<AccountDefined>(record.Message).Name.ToString() == name)
            {
                return MessageBytes.Header(record.Message).AccountId;
            }
        }

        return null;
    }
}
