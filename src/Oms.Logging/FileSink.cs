using System.Text;
using Oms.Domain.Accounts;
using Oms.Domain.Configuration;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace Oms.Logging;

/// <summary>
/// Log events as JSON lines: in the file of the process, and in that of the account that an event names.
/// </summary>
internal sealed class FileSink : ILogEventSink, IDisposable
{
    /// <summary>The property of a log message that names its account.</summary>
    public const string Account = "Account";

    private readonly CompactJsonFormatter _formatter = new();
    private readonly Lock _writing = new();
    private readonly StringWriter _text = new();
    private readonly TimeProvider _time;
    private readonly LogArchive _archive;
    private readonly RollingFile _process;
    private readonly AccountFiles _accounts;
    private readonly LogTrouble _trouble;

    public FileSink(
        DataFolder data, string role, LogFilesConfiguration limits, IEnumerable<AccountName> accounts,
        TimeProvider time)
    {
        _time = time;
        _trouble = new(time);
        _archive = new(data, role, limits, time, _trouble);
        _process = new(data.ProcessLogs, role, limits.FileBytes, _archive);
        _accounts = new(data, role, limits.FileBytes, accounts, _archive);
    }

    public void Emit(LogEvent logEvent)
    {
        string failure = "";
        lock (_writing)
        {
            _ = _text.GetStringBuilder().Clear();
            _formatter.Format(logEvent, _text);
            byte[] line = Encoding.UTF8.GetBytes(_text.ToString());
            string? account = (logEvent.Properties.GetValueOrDefault(Account) as ScalarValue)?.Value as string;
            try
            {
                Write(line, account);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // A full disk keeps nobody from anything.
                failure = exception.Message;
            }
        }

        if (failure.Length > 0)
        {
            _trouble.Tell($"a line is lost: {failure}");
        }
    }

    public void Dispose()
    {
        lock (_writing)
        {
            _process.Dispose();
            _accounts.Dispose();
            _archive.Dispose();
            _text.Dispose();
        }
    }

    private void Write(ReadOnlySpan<byte> line, string? account)
    {
        DateOnly today = DateOnly.FromDateTime(_time.GetUtcNow().UtcDateTime);
        _process.Write(line, today);
        if (account is not null)
        {
            _accounts.Write(account, line, today);
        }
    }
}
