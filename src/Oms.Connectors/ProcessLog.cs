using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Extensions.Logging;
using Serilog.Formatting.Compact;

namespace Oms.Connectors;

/// <summary>
/// JSON lines in the deployment's folder; also on the screen when a person started the process.
/// </summary>
internal static class ProcessLog
{
    private const int FilesKeptMax = 7;

    public static ILoggerFactory Open(string folder, string role)
    {
        LoggerConfiguration configuration = new LoggerConfiguration().WriteTo.File(
            new CompactJsonFormatter(),
            Path.Combine(folder, $"{role}.jsonl"),
            rollingInterval: RollingInterval.Day,
            retainedFileCountLimit: FilesKeptMax);
        if (!Console.IsOutputRedirected)
        {
            configuration = configuration.WriteTo.Sink(new ScreenSink(new CompactJsonFormatter()));
        }

        return new SerilogLoggerFactory(configuration.CreateLogger(), dispose: true);
    }
}
