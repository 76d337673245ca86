using CsCheck;
using Oms.Domain.Ids;

namespace Oms.Domain.Tests;

public sealed class OrderIdTests
{
    private static readonly Gen<(int Shard, int Epoch, long Number)> Parts =
        Gen.Select(
            Gen.Int[0, OrderId.ShardMax], Gen.Int[1, OrderId.EpochMax], Gen.Long[1, OrderId.NumberMax]);

    [Theory]
    //          shard  epoch       number         value
    [InlineData(0,     1,          1,             0x0000_0000_8000_0001)]
    [InlineData(0,     1,          2,             0x0000_0000_8000_0002)]
    [InlineData(0,     2,          1,             0x0000_0001_0000_0001)]
    [InlineData(1,     1,          1,             0x0080_0000_8000_0001)]
    [InlineData(128,   1,          1,             0x4000_0000_8000_0001)]
    [InlineData(255,   16_777_215, 2_147_483_647, long.MaxValue)]
    public void An_id_is_its_three_parts(int shard, int epoch, long number, long value)
    {
        OrderId id = OrderId.Of(shard, epoch, number);
        Assert.Equal(value, id.Value);
        Assert.Equal((shard, epoch, number), (id.Shard, id.Epoch, id.Number));
        Assert.False(id.IsNone);
    }

    [Fact]
    public void Any_parts_are_found_again() =>
        Parts.Sample((shard, epoch, number) =>
        {
            OrderId id = OrderId.Of(shard, epoch, number);
            return id.Value > 0 && id.Shard == shard && id.Epoch == epoch && id.Number == number;
        });

    [Fact]
    public void Later_numbers_and_epochs_of_a_shard_are_greater() =>
        Gen.Select(Parts, Parts).Sample((one, other) =>
            (one.Epoch, one.Number).CompareTo((other.Epoch, other.Number))
            == OrderId.Of(3, one.Epoch, one.Number).Value
                .CompareTo(OrderId.Of(3, other.Epoch, other.Number).Value));

    [Theory]
    [InlineData(-1,  1,          1)]
    [InlineData(256, 1,          1)]
    [InlineData(0,   0,          1)]
    [InlineData(0,   16_777_216, 1)]
    [InlineData(0,   1,          0)]
    [InlineData(0,   1,          2_147_483_648)]
    public void Parts_out_of_range_are_impossible(int shard, int epoch, long number) =>
        Assert.Throws<InvariantBrokenException>(() => OrderId.Of(shard, epoch, number));

    [Fact]
    public void No_id_is_none_and_zero()
    {
        Assert.True(OrderId.None.IsNone);
        Assert.Equal("0", OrderId.None.ToString());
    }
}
