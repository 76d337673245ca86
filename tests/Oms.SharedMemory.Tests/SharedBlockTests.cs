using Oms.SharedMemory.Regions;

namespace Oms.SharedMemory.Tests;

public sealed class SharedBlockTests : IDisposable
{
    private const string Name = "block";

    private readonly TestRegion _test = new();

    public void Dispose() => _test.Dispose();

    [Fact]
    public unsafe void A_block_keeps_its_bytes_and_its_length()
    {
        Assert.False(SharedBlock.Exists(_test.Region, Name));
        using (SharedBlock block = SharedBlock.Open(_test.Region, Name, 100_000))
        {
            var bytes = new Span<byte>((void*)block.Start, (int)block.LengthBytes);
            Assert.Equal((100_000, -1), (bytes.Length, bytes.IndexOfAnyExcept((byte)0)));
            bytes[99_999] = 7;
        }

        Assert.True(SharedBlock.Exists(_test.Region, Name));
        using SharedBlock again = SharedBlock.Open(_test.Region, Name, 200_000);
        Assert.Equal(100_000, again.LengthBytes);
        Assert.Equal(99_999, new Span<byte>((void*)again.Start, 100_000).IndexOfAnyExcept((byte)0));
    }

    [Fact]
    public void A_block_belongs_to_one_while_it_lives()
    {
        using (SharedBlock.Open(_test.Region, Name, 4096))
        {
            _ = Assert.Throws<RoleTakenException>(() => SharedBlock.Open(_test.Region, Name, 4096));
        }

        SharedBlock.Open(_test.Region, Name, 4096).Dispose();
    }
}
