using Oms.Domain.Ids;
using Oms.Domain.Messages;

namespace Oms.Domain.Tests;

public sealed class MessageBytesTests
{
    private static readonly Tick ATick =
        new() { Header = MessageHeader.For<Tick>() with { LogSequence = 42 } };

    [Fact]
    public void A_message_is_its_bytes()
    {
        byte[] bytes = [.. MessageBytes.Of(in ATick)];
        Assert.Equal(Tick.Length, bytes.Length);
        Assert.Equal(ATick, MessageBytes.As<Tick>(bytes));
        Assert.Equal(42, MessageBytes.Header(bytes).LogSequence);
    }

    [Fact]
    public void A_message_is_not_taken_for_another()
    {
        byte[] bytes = [.. MessageBytes.Of(in ATick)];
        InvariantBrokenException broken = Assert.Throws<InvariantBrokenException>(
            () => _ = MessageBytes.As<OrderAbsent>(bytes));
        Assert.Contains("TMessage.Kind", broken.Message);
    }

    [Theory]
    //          kind  length  bytes  well formed  whole
    [InlineData(45,   64,     64,    true,        true)]
    [InlineData(45,   64,     128,   true,        false)]
    [InlineData(45,   256,    256,   true,        true)]
    [InlineData(0,    64,     64,    false,       false)]
    [InlineData(45,   0,      64,    false,       false)]
    [InlineData(45,   32,     64,    false,       false)]
    [InlineData(45,   65,     128,   false,       false)]
    [InlineData(45,   128,    64,    false,       false)]
    [InlineData(45,   448,    448,   false,       false)]
    [InlineData(45,   65535,  64,    false,       false)]
    [InlineData(45,   64,     31,    false,       false)]
    [InlineData(45,   64,     0,     false,       false)]
    public void A_header_that_can_be_no_messages_is_seen(
        ushort kind, ushort length, int available, bool isWellFormed, bool isWhole)
    {
        byte[] bytes = new byte[available];
        byte[] header = [(byte)kind, (byte)(kind >> 8), (byte)(length & 0xFF), (byte)(length >> 8)];
        header.AsSpan(0, Math.Min(4, available)).CopyTo(bytes);
        Assert.Equal(isWellFormed, MessageBytes.IsWellFormed(bytes));
        Assert.Equal(isWhole, MessageBytes.IsWhole(bytes));
    }

    [Fact]
    public void Reading_and_writing_bytes_allocates_nothing()
    {
        var absent =
            new OrderAbsent { Header = MessageHeader.For<OrderAbsent>(new AccountId(1)), OrderId = new(5) };
        long total = 0;
        long before = 0;
        for (int round = 0; round < 2_000; round++)
        {
            if (round == 1_000)
            {
                before = GC.GetAllocatedBytesForCurrentThread();
            }

            ReadOnlySpan<byte> bytes = MessageBytes.Of(in absent);
            total += MessageBytes.IsWhole(bytes) ? MessageBytes.As<OrderAbsent>(bytes).OrderId.Value : 0;
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(10_000, total);
    }
}
