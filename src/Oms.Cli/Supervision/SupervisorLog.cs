using Microsoft.Extensions.Logging;
using Oms.Domain.Configuration;
using Serilog;
using Serilog.Extensions.Logging;
using Serilog.Formatting.Compact;

namespace Oms.Cli.Supervision;

/// <summary>The supervisor's log: JSON lines in <c>logs/processes/supervisor.jsonl</c>, rolling.</summary>
internal static class SupervisorLog
{
    private const long FileBytesMax = 16 << 20;
    private const int FilesMax = 4;

    public static ILoggerFactory Open(DataFolder data)
    {
        Serilog.Core.Logger file = new LoggerConfiguration()
            .WriteTo.File(
                new CompactJsonFormatter(),
                Path.Combine(data.ProcessLogs, "supervisor.jsonl"),
                fileSizeLimitBytes: FileBytesMax,
                rollOnFileSizeLimit: true,
                retainedFileCountLimit: FilesMax)
            .CreateLogger();
        return new SerilogLoggerFactory(file, dispose: true);
    }
}
