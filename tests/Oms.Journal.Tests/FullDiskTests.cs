using Oms.Peer;

namespace Oms.Journal.Tests;

public sealed class FullDiskTests
{
    [Theory]
    [InlineData(60_000)]
    [InlineData(100_001)]
    [InlineData(131_072)]
    public void A_full_disk_is_an_error_and_the_log_stays_recoverable(int fileBytesMax)
    {
        using var log = new TestLog();
        long committed;
        using (PeerProcess writer = PeerProcess.Start("fill-log", log.Folder, fileBytesMax.ToString()))
        {
            string[] words = writer.ReadLine().Split(' ');
            Assert.Equal("IOException", words[0]);
            committed = long.Parse(words[2]);
            Assert.Equal(0, writer.WaitForExit());
        }

        Assert.True(committed > 100);
        Assert.True(new FileInfo(log.Segments[0]).Length <= fileBytesMax);
        // Of the batch that failed, the records that had room are there; none that was committed is missing.
        long recovered = log.Recover().NextRecordSequence - 1;
        Assert.InRange(recovered, committed, committed + 7);
        log.Write(10);
        Assert.Equal(recovered + 11, log.Recover().NextRecordSequence);
    }
}
