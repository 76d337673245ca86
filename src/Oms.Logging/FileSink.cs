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
    private long _linesLost;

    public FileSink(
        DataFolder data, string role, LogFilesConfiguration limits, IEnumerable<AccountName> accounts,
        TimeProvider time)
    {
        _time = time;
        _archive = new(data, role, limits, time);
        _process = new(data.ProcessLogs, role, limits.FileBytes, _archive);
        _accounts = new(data, role, limits.FileBytes, accounts, _archive);
    }

    public void Emit(LogEvent logEvent)
    {
        lock (_writing)
        {
            _ = _text.GetStringBuilder().Clear();
            _formatter.Format(logEvent, _text);
            byte[] line = Encoding.UTF8.GetBytes(_text.ToString());
            string? account = (logEvent.Properties.GetValueOrDefault(Account) as ScalarValue)?.Value as string;
            try
            {
                Write(line, account);
                TellRecovery();
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                Lose(exception.Message);
            }
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

    /// <summary>A full disk keeps nobody from anything; it is said once where that may still be read.</summary>
    private void Lose(string why)
    {
        if (_linesLost++ == 0)
        {
            Console.Error.WriteLine($"log files: lines are lost: {why}");
        }
    }

    private void TellRecovery()
    {
        if (_linesLost > 0)
        {
            Console.Error.WriteLine($"log files: {_linesLost} lines were lost; they are written again");
            _linesLost = 0;
        }
    }
}
