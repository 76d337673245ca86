using System.Threading.Channels;
using Oms.Domain.Messages;
using Oms.SharedMemory.Rings;

namespace Oms.Connectors;

/// <summary>
/// From the many who learn something to the one thread that writes the ring. Bounded: who has something to
/// report while FastPath does not read waits, and with him the socket that he reads from. Nothing is dropped.
/// </summary>
/// <param name="park">Where the one thread sleeps.</param>
internal sealed class ReportQueue(RingPark park)
{
    private readonly Channel<Report> _reports = Channel.CreateBounded<Report>(
        new BoundedChannelOptions(ConnectorLimits.ReportsQueuedMax)
        {
            FullMode = BoundedChannelFullMode.Wait,
            SingleReader = true,
        });

    /// <summary>Lets the one thread look for what it is to take.</summary>
    public void Wake() => park.Wake();

    public int Count => _reports.Reader.Count;

    public ValueTask Write<TMessage>(in TMessage message, CancellationToken cancellation)
        where TMessage : unmanaged, IMessage
    {
        var report = Report.Of(in message);
        if (_reports.Writer.TryWrite(report))
        {
            Wake();
            return ValueTask.CompletedTask;
        }

        // While it is full, the one who takes is awake.
        return _reports.Writer.WriteAsync(report, cancellation);
    }

    /// <summary>The oldest report; it stays.</summary>
    public bool TryPeek(out Report report) => _reports.Reader.TryPeek(out report);

    /// <summary>Removes the oldest report: the ring has it.</summary>
    public void Remove() => Domain.Invariant.Holds(_reports.Reader.TryRead(out _));
}
