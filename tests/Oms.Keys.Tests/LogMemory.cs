using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Oms.Keys.Tests;

/// <summary>Remembers every line that is logged, with its exception.</summary>
internal sealed class LogMemory : ILoggerFactory, ILogger
{
    public ConcurrentQueue<string> Lines { get; } = new();

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        string parts = state is IEnumerable<KeyValuePair<string, object?>> pairs
            ? string.Join(' ', pairs.Select(pair => $"{pair.Key}={pair.Value}"))
            : "";
        Lines.Enqueue($"{logLevel} {eventId.Id} {formatter(state, exception)} {parts} {exception}");
    }

    public void Dispose()
    {
    }
}
