using System.Runtime.InteropServices;
using Oms.Domain.Messages;
using Oms.Journal;
using Oms.Testing;

namespace Oms.FastPath.Tests;

public sealed class LogPressureTests : IDisposable
{
    private const int HeadBytes = 1 << 20;
    private const int TickRecordBytes = LogWriter.RecordOverheadBytes + Tick.Length;

    private readonly TemporaryFolder _folder = new("pressure");
    private readonly nint _memory;
    private readonly LogCopier _copier;
    private readonly LogWriter _log;
    private readonly LogPressure _pressure;

    public LogPressureTests()
    {
        long lengthBytes = LogHead.LengthFor(HeadBytes);
        _memory = Marshal.AllocHGlobal((nint)lengthBytes);
        var head = new LogHead(_memory, lengthBytes, "memory");
        LogTail tail = LogRecovery.Recover(_folder["log"], head, default, static _ => { });
        var settings = new LogSettings { SegmentBytes = HeadBytes, SyncInterval = TimeSpan.Zero };
        _copier = LogCopier.Open(_folder["log"], head, tail, settings, TimeProvider.System);
        _log = new LogWriter(head, tail.End);
        _pressure = new LogPressure(_log, _copier);
    }

    public void Dispose()
    {
        _copier.Dispose();
        Marshal.FreeHGlobal(_memory);
        _folder.Dispose();
    }

    [Fact]
    public void Orders_are_refused_from_one_half_on_and_taken_again_below_a_quarter()
    {
        FillUpTo(HeadBytes / 2);
        Assert.False(_pressure.IsBehind(wasBehind: false));
        Append();
        Assert.True(_pressure.IsBehind(wasBehind: false));
        Assert.True(_pressure.HasRoomForInputs);
        _copier.Drain();
        Assert.False(_pressure.IsBehind(wasBehind: true));
        FillUpTo(HeadBytes / 4);
        Assert.False(_pressure.IsBehind(wasBehind: true));
        Append();
        Assert.True(_pressure.IsBehind(wasBehind: true));
        Assert.False(_pressure.IsBehind(wasBehind: false));
    }

    [Fact]
    public void Nothing_comes_in_when_what_it_leads_to_might_not_fit()
    {
        while (_pressure.HasRoomForInputs)
        {
            Append();
        }

        Assert.True(_log.WaitingBytes > HeadBytes / 2);
        Assert.True(_log.HasRoomFor(HeadBytes / 8));
        _copier.Drain();
        Assert.True(_pressure.HasRoomForInputs);
    }

    [Fact]
    public void No_order_is_accepted_before_the_start_is_on_the_disk()
    {
        Append();
        _pressure.NoteStart();
        Assert.False(_pressure.IsStartDurable);
        Assert.True(_pressure.IsBehind(wasBehind: false));
        _copier.Drain();
        Assert.True(_pressure.IsStartDurable);
        Assert.False(_pressure.IsBehind(wasBehind: true));
    }

    [Fact]
    public void A_disk_that_fails_is_behind_however_little_waits()
    {
        FillUpTo(HeadBytes - 4096);
        _copier.Drain();
        while (_copier.Failure.Length == 0)
        {
            // The segment is about to be full, and the next one cannot be made.
            string next = $"{_log.End.RecordSequence + 1:D20}.log";
            _ = Directory.CreateDirectory(Path.Combine(_folder["log"], next));
            Append();
            _ = _copier.RunOnce();
        }

        Assert.True(_log.WaitingBytes < HeadBytes / 4);
        Assert.True(_pressure.IsBehind(wasBehind: false));
        Assert.Equal(_copier.Failure, _pressure.Failure);
    }

    private void FillUpTo(long waitingBytes)
    {
        while (_log.WaitingBytes + TickRecordBytes <= waitingBytes)
        {
            Append();
        }
    }

    private void Append()
    {
        var tick = new Tick { Header = MessageHeader.For<Tick>() };
        _log.Append(MessageBytes.Of(in tick));
        _log.Commit();
    }
}
