using CsCheck;
using Oms.Domain.Ids;

namespace Oms.Domain.Tests;

public sealed class WireOrderIdTests
{
    private static readonly Gen<OrderId> Ids = Gen.Select(
        Gen.Int[0, OrderId.ShardMax],
        Gen.Int[1, OrderId.EpochMax],
        Gen.Long[1, OrderId.NumberMax],
        OrderId.Of);

    [Theory]
    [InlineData(0,   1,          1,             "oms-0-1-1")]
    [InlineData(7,   12,         345,           "oms-7-12-345")]
    [InlineData(255, 16_777_215, 2_147_483_647, "oms-255-16777215-2147483647")]
    public void An_id_is_written_as_its_parts(int shard, int epoch, long number, string text)
    {
        OrderId id = OrderId.Of(shard, epoch, number);
        Assert.Equal(text, WireOrderId.Format(id));
        Assert.True(WireOrderId.TryParse(text, out OrderId parsed));
        Assert.Equal(id, parsed);
    }

    [Fact]
    public void Any_id_comes_back_and_fits_every_exchange() =>
        Ids.Sample(id =>
        {
            string text = WireOrderId.Format(id);
            return text.Length <= 27
                && text.All("abcdefghijklmnopqrstuvwxyz0123456789-".Contains)
                && WireOrderId.TryParse(text, out OrderId parsed) && parsed == id;
        });

    [Theory]
    [InlineData("")]
    [InlineData("oms")]
    [InlineData("oms-")]
    [InlineData("oms--")]
    [InlineData("oms---")]
    [InlineData("oms-0-1")]
    [InlineData("oms-0-1-")]
    [InlineData("oms-0-1-1-")]
    [InlineData("oms-0-1-1-1")]
    [InlineData("oms-0-1-1-1-1")]
    [InlineData("OMS-0-1-1")]
    [InlineData("Oms-0-1-1")]
    [InlineData("xoms-0-1-1")]
    [InlineData(" oms-0-1-1")]
    [InlineData("oms-0-1-1 ")]
    [InlineData("oms- 0-1-1")]
    [InlineData("oms-+0-1-1")]
    [InlineData("oms-0-0-1")]
    [InlineData("oms-0-1-0")]
    [InlineData("oms-00-1-1")]
    [InlineData("oms-0-01-1")]
    [InlineData("oms-0-1-01")]
    [InlineData("oms-256-1-1")]
    [InlineData("oms-0-16777216-1")]
    [InlineData("oms-0-1-2147483648")]
    [InlineData("oms-0-1-99999999999999999999999")]
    [InlineData("oms-0-1-1e1")]
    [InlineData("oms-0-1-0x1")]
    [InlineData("oms-0-1-１")]
    [InlineData("oms-a-b-c")]
    [InlineData("web_7d6b8c1e0f")]
    [InlineData("x-A6SIDXVS1728739200000")]
    public void What_we_did_not_make_is_foreign(string text)
    {
        Assert.False(WireOrderId.TryParse(text, out OrderId id));
        Assert.True(id.IsNone);
    }

    [Fact]
    public void Hostile_text_never_throws_and_only_our_own_form_is_taken() =>
        Gen.OneOf(
            Gen.String,
            Gen.String.Select(tail => WireOrderId.Prefix + tail),
            Gen.String["oms-0123456789"]).Sample(text =>
            !WireOrderId.TryParse(text, out OrderId id) || WireOrderId.Format(id) == text);
}
