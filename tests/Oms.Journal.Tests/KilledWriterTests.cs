using Oms.Peer;
using Oms.SharedMemory.Regions;

namespace Oms.Journal.Tests;

/// <summary>The log's writer is killed in mid-write: what it committed is there, and nothing else ever was.</summary>
public sealed class KilledWriterTests : IDisposable
{
    private const int Kills = 12;
    private const int RecordsBeforeKillMax = 6_000;

    private readonly TestLog _log = new();

    public void Dispose()
    {
        SharedRegion.ForDataFolder(_log.Folder).Delete();
        _log.Dispose();
    }

    [Fact]
    public void What_was_appended_and_not_committed_is_seen_by_nobody_and_its_numbers_are_given_again()
    {
        using LogReader reader = LogReader.FromStart(_log.Folder);
        long committed = 0;
        long read = 0;
        foreach ((int more, int uncommitted) in new[] { (20, 1), (0, 30), (3, 7), (40, 40), (1, 0), (0, 5) })
        {
            using (PeerProcess writer = PeerProcess.Start("hold-log", _log.Folder, $"{more}", $"{uncommitted}"))
            {
                read = ReadAll(reader, read);
                Assert.True(read <= committed + more);
                writer.Kill();
            }

            committed += more;
            Assert.Equal(committed, Recovered().RecordSequence);
            read = ReadAll(reader, read);
            Assert.True(read <= committed);
        }

        using PeerProcess next = PeerProcess.Start("append-log", _log.Folder, "1000000");
        Poll.Until(() => (read = ReadAll(reader, read)) > committed + 1_000);
        next.Kill();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Wherever_the_writer_is_killed_the_reader_goes_on_with_whole_records_in_order(int seed)
    {
        var random = new Random(seed);
        using LogReader reader = LogReader.FromStart(_log.Folder);
        long read = 0;
        long recovered = 0;
        for (int kill = 0; kill < Kills; kill++)
        {
            using (PeerProcess writer = PeerProcess.Start("append-log", _log.Folder, "200000"))
            {
                long killAt = read + random.Next(1, RecordsBeforeKillMax);
                Poll.Until(() => (read = ReadAll(reader, read)) >= killAt);
                writer.Kill();
            }

            LogPoint end = Recovered();
            Assert.True(end.RecordSequence >= recovered, $"seed {seed}, kill {kill}");
            read = ReadAll(reader, read);
            Assert.True(read <= end.RecordSequence, $"seed {seed}, kill {kill}");
            recovered = end.RecordSequence;
        }
    }

    /// <summary>Every record up to the end is the one of its number.</summary>
    private LogPoint Recovered()
    {
        using SharedBlock block = LogPeer.OpenHead(_log.Folder);
        LogHead head = LogPeer.HeadIn(block);
        long next = 1;
        LogTail tail = LogRecovery.Recover(_log.Folder, head, default, record =>
        {
            Assert.Equal(next, record.RecordSequence);
            Assert.True(NumberedMessage.Is(next++, record.Message));
        });
        Assert.True(tail.IsHeadKept);
        Assert.Equal((next - 1, head.CommittedPosition), (tail.End.RecordSequence, tail.End.Position));
        return tail.End;
    }

    private static long ReadAll(LogReader reader, long last)
    {
        while (reader.TryRead(out LogRecord record))
        {
            Assert.Equal(last + 1, record.RecordSequence);
            Assert.True(NumberedMessage.Is(last + 1, record.Message));
            last++;
        }

        return last;
    }
}
