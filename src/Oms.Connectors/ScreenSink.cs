using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting;

namespace Oms.Connectors;

/// <summary>Log events on standard output.</summary>
internal sealed class ScreenSink(ITextFormatter formatter) : ILogEventSink
{
    public void Emit(LogEvent logEvent) => formatter.Format(logEvent, Console.Out);
}
