using Oms.Cli.Supervision;
using Oms.Domain.Configuration;
using Oms.Domain.Messages;
using Oms.Journal;
using Oms.SharedMemory.Regions;
using Oms.Testing;

namespace Oms.Cli.Tests;

/// <summary>What only memory holds of the log does not go with the memory.</summary>
public sealed class RegionRemovalTests : IDisposable
{
    private const int Records = 50;

    private readonly TemporaryFolder _folder = new("region");
    private readonly DataFolder _data;
    private readonly SharedRegion _region;

    public RegionRemovalTests()
    {
        _data = new(_folder["data"]);
        _region = SharedRegion.ForDataFolder(_data.Path);
    }

    public void Dispose()
    {
        _region.Delete();
        _folder.Dispose();
    }

    [Fact]
    public void The_head_of_the_log_is_brought_to_the_disk_first()
    {
        WriteToHead();
        using (LogReader reader = LogReader.FromStart(_data.Log))
        {
            Assert.False(reader.TryRead(out _));
        }

        Assert.Null(RegionRemoval.Run(_data, TimeProvider.System));
        Assert.False(Directory.Exists(_region.Path));
        Assert.Equal(Records, new LogFolder(_data.Log).Read(default, static _ => { }).RecordSequence);
        Assert.Null(RegionRemoval.Run(_data, TimeProvider.System));
        Assert.False(Directory.Exists(_region.Path));
    }

    [Fact]
    public void A_head_that_the_disk_does_not_take_stays_and_is_said()
    {
        WriteToHead();
        string segment = Directory.GetFiles(_data.Log, "*.log").Single();
        byte[] whole = File.ReadAllBytes(segment);
        File.WriteAllBytes(segment, [.. whole[..50], 1, .. whole[51..]]);
        string? kept = RegionRemoval.Run(_data, TimeProvider.System);
        string block = _region.BlockPath(SharedBlocks.LogHead);
        Assert.StartsWith($"the newest part of the log stays in {block}, ", kept);
        Assert.True(File.Exists(block));

        File.WriteAllBytes(segment, whole);
        Assert.Null(RegionRemoval.Run(_data, TimeProvider.System));
        Assert.Equal(Records, new LogFolder(_data.Log).Read(default, static _ => { }).RecordSequence);
    }

    private void WriteToHead()
    {
        using SharedBlock block = SharedBlock.Open(
            _region, SharedBlocks.LogHead, LogHead.LengthFor(LogHead.CapacityBytesMin));
        var head = new LogHead(block.Start, block.LengthBytes, block.Path);
        LogTail tail = LogRecovery.Recover(_data.Log, head, default, static _ => { });
        var settings = new LogSettings { SyncInterval = TimeSpan.Zero };
        using LogCopier copier = LogCopier.Open(_data.Log, head, tail, settings, TimeProvider.System);
        var log = new LogWriter(head, tail.End);
        var tick = new Tick { Header = MessageHeader.For<Tick>() };
        for (int i = 0; i < Records; i++)
        {
            log.Append(MessageBytes.Of(in tick));
        }

        log.Commit();
    }
}
