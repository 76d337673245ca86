using Oms.Domain.Messages;
using Oms.Peer;

namespace Oms.Journal.Tests;

/// <summary>The writer and the copier of a log, as they go on after a recovery.</summary>
internal sealed class OpenLog : IDisposable
{
    private readonly byte[] _buffer = new byte[MessageHeader.MessageBytesMax];
    private readonly TestLog _log;

    public OpenLog(TestLog log, LogSettings settings, TimeProvider clock)
    {
        _log = log;
        Tail = log.Recover();
        Copier = LogCopier.Open(log.Folder, log.Head, Tail, settings, clock);
        Writer = new LogWriter(log.Head, Tail.End);
    }

    public LogTail Tail { get; }

    public LogWriter Writer { get; }

    public LogCopier Copier { get; }

    /// <summary>Adds the next numbered record to the batch.</summary>
    public void Append() => Writer.Append(NumberedMessage.Of(Writer.End.RecordSequence + 1, _buffer));

    /// <summary>Appends so many numbered records, one commit each, with room made by the copier.</summary>
    public void Write(int count)
    {
        for (int i = 0; i < count; i++)
        {
            if (!Writer.HasRoomFor(LogFrame.RecordBytesMax))
            {
                Copier.Drain();
            }

            Append();
            Writer.Commit();
        }
    }

    /// <summary>Hands what is committed to the kernel.</summary>
    public void Copy()
    {
        while (_log.Head.WrittenPosition < _log.Head.CommittedPosition)
        {
            _ = Copier.RunOnce();
            Assert.Equal("", Copier.Failure);
        }
    }

    public void Dispose() => Copier.Dispose();
}
