using Oms.Domain.Configuration;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace Oms.Gateway;

/// <summary>
/// Where the lines of the log go: the process's file, and the terminal where a person runs it.
/// </summary>
internal static class ProcessLog
{
    private const long FileBytesMax = 64L << 20;
    private const int FilesMax = 8;

    public static Logger Create(DataFolder data, LoggingLevelSwitch level)
    {
        LoggerConfiguration configuration = new LoggerConfiguration()
            .MinimumLevel.ControlledBy(level)
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("Grpc", LogEventLevel.Warning)
            .WriteTo.File(
                new CompactJsonFormatter(),
                Path.Combine(data.ProcessLogs, "gateway.jsonl"),
                fileSizeLimitBytes: FileBytesMax,
                rollOnFileSizeLimit: true,
                retainedFileCountLimit: FilesMax);
        return (Console.IsOutputRedirected
            ? configuration
            : configuration.WriteTo.Console(new CompactJsonFormatter())).CreateLogger();
    }
}
