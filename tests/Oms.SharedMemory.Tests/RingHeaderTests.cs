using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Oms.SharedMemory.Rings;

namespace Oms.SharedMemory.Tests;

public sealed class RingHeaderTests
{
    [Fact]
    public void The_header_reads_as_a_ring() =>
        Assert.Equal("OMSRING1", Encoding.ASCII.GetString(BitConverter.GetBytes(RingHeader.MagicValue)));

    [Fact]
    public void What_different_processes_write_is_two_cache_lines_apart()
    {
        int[] offsets = [.. new[]
        {
            nameof(RingHeader.WriterCursor), nameof(RingHeader.WriterPid),
            nameof(RingHeader.ReaderCursor), nameof(RingHeader.ReaderPid),
            nameof(RingHeader.ReaderParks),
        }.Select(OffsetOf)];
        Assert.Equal([128, 256, 384, 512, 640], offsets);
        Assert.Equal(128 + 8, OffsetOf(nameof(RingHeader.LastRecordPosition)));
        Assert.Equal(256 + 8, OffsetOf(nameof(RingHeader.WriterHeartbeatTicks)));
        Assert.Equal(512 + 8, OffsetOf(nameof(RingHeader.ReaderHeartbeatTicks)));
        Assert.Equal(RingHeader.Length, Unsafe.SizeOf<RingHeader>());
    }

    [Fact]
    public void Every_ring_has_a_writer_and_another_reader_and_a_name_of_its_own()
    {
        IReadOnlyList<RingDefinition> rings = RingTopology.Of(connectorCount: 3, strategyCount: 2);
        Assert.Equal(16, rings.Count);
        Assert.Equal(rings.Count, rings.Select(ring => ring.Name).Distinct().Count());
        Assert.All(rings, ring => Assert.NotEqual(ring.Writer, ring.Reader));
        Assert.All(rings, ring => Assert.Contains("fastpath", new[] { ring.Writer, ring.Reader }));
    }

    private static int OffsetOf(string field) =>
        typeof(RingHeader).GetField(field)?.GetCustomAttribute<FieldOffsetAttribute>()?.Value ?? -1;
}
