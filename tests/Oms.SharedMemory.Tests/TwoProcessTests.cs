using Oms.Domain.Messages;
using Oms.Peer;
using Oms.SharedMemory.Health;
using Oms.SharedMemory.Regions;
using Oms.SharedMemory.Rings;
using Oms.SharedMemory.Tables;

namespace Oms.SharedMemory.Tests;

/// <summary>Real processes, killed in the midst of it: the other one survives, and says so.</summary>
public sealed class TwoProcessTests : IDisposable
{
    private const int Kills = 12;
    private const int MessagesBeforeKillMax = 20_000;

    private readonly TestRegion _test = new();
    private readonly Random _random = new(20_260_131);
    private readonly byte[] _buffer = new byte[MessageHeader.MessageBytesMax];

    public void Dispose() => _test.Dispose();

    /// <summary>Writers that publish each message, and such that always have some which nobody may see yet.</summary>
    [Theory]
    [InlineData("write-ring")]
    [InlineData("stage-ring")]
    public void A_killed_writer_leaves_whole_messages_and_the_next_goes_on(string kind)
    {
        string path = _test.Ring(capacityBytes: 1 << 16);
        using RingReader reader = RingReader.Attach(path);
        long last = 0;
        for (int kill = 0; kill < Kills; kill++)
        {
            using PeerProcess writer = PeerProcess.Start(kind, path);
            _ = Assert.Throws<RoleTakenException>(() => RingWriter.Attach(path));
            long killAt = last + NextKill();
            Poll.Until(() => (last = ReadAll(reader, last)) >= killAt);
            Assert.True(reader.Ring.IsWriterAlive);
            writer.Kill();
            last = ReadAll(reader, last);
            Assert.Equal(0, reader.Ring.DepthBytes);
        }

        Poll.Until(() => !reader.Ring.IsWriterAlive);
        using RingWriter next = RingWriter.Attach(path);
        Assert.True(next.TryReadLastPublished(out MessageHeader header));
        Assert.Equal(last, header.LogSequence);
        Assert.True(reader.Ring.IsWriterAlive);
    }

    /// <summary>Readers that read one by one, and such that look ahead and give room back later.</summary>
    [Theory]
    [InlineData("read-ring")]
    [InlineData("peek-ring")]
    public void A_killed_reader_is_noticed_and_the_next_misses_nothing(string kind)
    {
        string path = _test.Ring(capacityBytes: 1 << 16);
        using RingWriter writer = RingWriter.Attach(path);
        long written = 0;
        for (int kill = 0; kill < Kills; kill++)
        {
            using PeerProcess reader = PeerProcess.Start(kind, path);
            _ = Assert.Throws<RoleTakenException>(() => RingReader.Attach(path));
            long killAt = written + NextKill();
            Poll.Until(() => (written = Fill(writer, written)) >= killAt || reader.HasExited);
            Assert.False(reader.HasExited, $"{kind} saw what must not be");
            reader.Kill();
        }

        written = Fill(writer, written);
        Assert.Equal(OfferResult.BackPressured, writer.Offer(NumberedMessage.Of(written + 1, _buffer)));
        Poll.Until(() => writer.Offer(NumberedMessage.Of(written + 1, _buffer)) == OfferResult.ConsumerGone);

        using RingReader next = RingReader.Attach(path);
        Assert.True(next.TryRead(out ReadOnlySpan<byte> message));
        long first = NumberedMessage.NumberOf(message);
        Assert.True(NumberedMessage.Is(first, message));
        Assert.True(first <= written);
        Assert.Equal(written, ReadAll(next, first));
        Assert.Equal(OfferResult.Accepted, writer.Offer(NumberedMessage.Of(written + 1, _buffer)));
    }

    [Fact]
    public void A_killed_writer_of_a_table_leaves_no_torn_row_and_the_next_mends_what_it_left()
    {
        using StateTable<TopOfBook> firstWriter = StateTable<TopOfBook>.OpenWriter(
            _test.Region, TablePeer.Table, TablePeer.Rows);
        firstWriter.Dispose();
        using StateTable<TopOfBook> reader = StateTable<TopOfBook>.OpenReader(_test.Region, TablePeer.Table);
        for (int kill = 0; kill < Kills; kill++)
        {
            long killAt = reader.LogSequence + NextKill();
            using PeerProcess writer = PeerProcess.Start("write-table", _test.DataFolder);
            _ = Assert.Throws<RoleTakenException>(
                () => StateTable<TopOfBook>.OpenWriter(_test.Region, TablePeer.Table, TablePeer.Rows));
            Poll.Until(() => AllRowsAreWhole(reader) && reader.LogSequence >= killAt);
            writer.Kill();
        }

        using StateTable<TopOfBook> next = StateTable<TopOfBook>.OpenWriter(
            _test.Region, TablePeer.Table, TablePeer.Rows);
        for (int row = 0; row < TablePeer.Rows; row++)
        {
            TopOfBook whole = TablePeer.RowOf(-row);
            next.Write(row, in whole);
            Assert.True(reader.TryRead(row, out TopOfBook read));
            Assert.Equal(whole, read);
        }
    }

    [Fact]
    public void A_killed_process_is_known_by_its_age_and_gives_up_its_role()
    {
        using (PeerProcess process = PeerProcess.Start("hold-role", _test.DataFolder, "silo"))
        {
            Assert.Contains(
                "another process",
                Assert.Throws<RoleTakenException>(
                    () => HealthFile.Open(_test.Region, "silo", "")).Message);
            ProcessHealth? alive = HealthFile.Read(_test.Region, "silo");
            Assert.Equal(
                (process.Pid, ProcessState.Ready, "at work", "127.0.0.1:1"),
                (alive?.Pid, alive?.State, alive?.Detail, alive?.Address));
            Assert.True(alive?.IsFresh);
            process.Kill();
        }

        Poll.Until(() => HealthFile.Read(_test.Region, "silo")?.IsFresh == false);
        Assert.Equal(ProcessState.Ready, HealthFile.Read(_test.Region, "silo")?.State);
        using HealthFile next = HealthFile.Open(_test.Region, "silo", "");
        Assert.Equal((Environment.ProcessId, ProcessState.Starting), Said());

        (int?, ProcessState?) Said() =>
            (HealthFile.Read(_test.Region, "silo")?.Pid, HealthFile.Read(_test.Region, "silo")?.State);
    }

    /// <summary>At once, or after a while.</summary>
    private int NextKill() => _random.Next(1, MessagesBeforeKillMax);

    /// <summary>Reads what is there; each message is whole and follows the one before.</summary>
    private static long ReadAll(RingReader reader, long last)
    {
        reader.Beat();
        while (reader.TryRead(out ReadOnlySpan<byte> message))
        {
            Assert.True(
                NumberedMessage.Is(last + 1, message),
                $"after {last} came {NumberedMessage.NumberOf(message)}");
            last++;
        }

        return last;
    }

    private long Offer(RingWriter writer, long written)
    {
        writer.Beat();
        OfferResult result = writer.Offer(NumberedMessage.Of(written + 1, _buffer));
        return result == OfferResult.Accepted ? written + 1 : written;
    }

    private long Fill(RingWriter writer, long written)
    {
        long before;
        do
        {
            before = written;
            written = Offer(writer, written);
        }
        while (written > before);
        return written;
    }

    private static bool AllRowsAreWhole(StateTable<TopOfBook> table)
    {
        for (int row = 0; row < table.Count; row++)
        {
            if (table.TryRead(row, out TopOfBook read))
            {
                Assert.Equal(TablePeer.RowOf(read.BidPrice), read);
            }
        }

        return true;
    }
}
