using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace Oms.Logging;

/// <summary>Log events on standard output, for a person who runs a process by hand.</summary>
internal sealed class ScreenSink : ILogEventSink
{
    private readonly CompactJsonFormatter _formatter = new();

    public void Emit(LogEvent logEvent) => _formatter.Format(logEvent, Console.Out);
}
