using Oms.Peer;
using Oms.SharedMemory.Regions;

namespace Oms.Journal.Tests;

/// <summary>A disk that takes no more, in a process whose files may not grow.</summary>
public sealed class FullDiskTests
{
    private const int ZerosAheadBytes = 16 << 20;

    [Theory]
    [InlineData(60_000)]
    [InlineData(100_001)]
    [InlineData(131_072)]
    public void A_full_disk_loses_nothing_and_what_waits_is_copied_once_there_is_room(int fileBytesMax)
    {
        using var log = new TestLog();
        using PeerProcess writer = PeerProcess.Start("fill-log", log.Folder, $"{fileBytesMax}");
        string[] words = writer.ReadLine().Split(' ', 2);
        long committed = long.Parse(words[0]);
        Assert.Contains("may not grow any more", words[1]);
        Assert.True(committed * LogFrame.RecordBytesMax > LogHead.CapacityBytesMin);
        Assert.True(new FileInfo(log.Segments[0]).Length <= fileBytesMax);

        writer.WriteLine("there is room");
        Assert.Equal($"{committed} copied", writer.ReadLine());
        Assert.Equal(0, writer.WaitForExit());
        Assert.Equal(committed, log.Recover().End.RecordSequence);
        SharedRegion.ForDataFolder(log.Folder).Delete();
    }

    [Fact]
    public void A_writer_killed_on_a_full_disk_goes_on_from_its_head()
    {
        using var log = new TestLog();
        long committed;
        using (PeerProcess writer = PeerProcess.Start("fill-log", log.Folder, "100000"))
        {
            committed = long.Parse(writer.ReadLine().Split(' ')[0]);
            writer.Kill();
        }

        using (SharedBlock block = LogPeer.OpenHead(log.Folder))
        {
            LogHead head = LogPeer.HeadIn(block);
            LogTail tail = LogRecovery.Recover(log.Folder, head, default, static _ => { });
            Assert.True(tail.IsHeadKept);
            Assert.Equal(committed, tail.End.RecordSequence);
        }

        using (PeerProcess writer = PeerProcess.Start("fill-log", log.Folder, $"{ZerosAheadBytes * 2}"))
        {
            Assert.True(long.Parse(writer.ReadLine().Split(' ')[0]) > committed);
            writer.WriteLine("there is room");
            _ = writer.ReadLine();
            Assert.Equal(0, writer.WaitForExit());
        }

        Assert.True(log.Recover().End.RecordSequence > committed);
        SharedRegion.ForDataFolder(log.Folder).Delete();
    }
}
