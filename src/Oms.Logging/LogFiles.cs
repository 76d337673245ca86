using Oms.Domain.Accounts;
using Oms.Domain.Configuration;
using Serilog;

namespace Oms.Logging;

/// <summary>Where the log of a process goes.</summary>
public static class LogFiles
{
    extension(LoggerConfiguration logger)
    {
        /// <summary>
        /// JSON lines in <c>logs/processes/{role}.jsonl</c>, and those that name an account in the account's folder of
        /// the day too; on the screen as well where a person started the process.
        /// </summary>
        /// <param name="role">Of the process: no other logs under it at the same time.</param>
        /// <param name="accounts">Whose lines are kept apart.</param>
        public LoggerConfiguration ToFiles(
            DataFolder data, string role, LogFilesConfiguration limits, IEnumerable<AccountName> accounts,
            TimeProvider time)
        {
            LoggerConfiguration configured = logger.WriteTo.Sink(new FileSink(data, role, limits, accounts, time));
            return Console.IsOutputRedirected ? configured : configured.WriteTo.Sink(new ScreenSink());
        }
    }
}
