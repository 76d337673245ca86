using System.Threading.Channels;
using Oms.Domain.Messages;

namespace Oms.Connectors;

/// <summary>
/// From the many who learn something to the one thread that writes the ring. Bounded: who has something to
/// report while FastPath does not read waits, and with him the socket that he reads from. Nothing is dropped.
/// </summary>
internal sealed class ReportQueue
{
    private readonly Channel<Report> _reports = Channel.CreateBounded<Report>(
        new BoundedChannelOptions(ConnectorLimits.ReportsQueuedMax)
        {
            FullMode = BoundedChannelFullMode.Wait,
            SingleReader = true,
        });

    public int Count => _reports.Reader.Count;

    public ValueTask Write<TMessage>(in TMessage message, CancellationToken cancellation)
        where TMessage : unmanaged, IMessage =>
            _reports.Writer.WriteAsync(Report.Of(in message), cancellation);

    /// <summary>The oldest report; it stays.</summary>
    public bool TryPeek(out Report report) => _reports.Reader.TryPeek(out report);

    /// <summary>Removes the oldest report: the ring has it.</summary>
    public void Remove() => Domain.Invariant.Holds(_reports.Reader.TryRead(out _));
}
