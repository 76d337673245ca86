using Grpc.Core;
using Microsoft.Extensions.Time.Testing;
using Oms.Gateway.Api;
using Oms.Gateway.Events;
using Oms.Gateway.Tests.Kit;
using Oms.Testing;

namespace Oms.Gateway.Tests;

/// <summary>What becomes of a client that does not read.</summary>
public sealed class ExecutionWriterTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly BlockedStream _stream = new();
    private readonly ExecutionSubscription _subscription =
        new([TestMarket.Spot], GatewayLimits.ExecutionsQueuedMax);

    private int _aborts;

    [Fact]
    public async Task It_is_told_once_the_write_that_blocks_has_ended_however_long_that_takes()
    {
        Task writing = Overflow();
        _time.Advance(ExecutionWriter.LastWriteWithin - TimeSpan.FromTicks(1));
        Assert.False(writing.IsCompleted);
        Assert.Equal(0, _aborts);

        _stream.Read();

        RpcException failure = await Assert.ThrowsAsync<RpcException>(() => writing);
        Assert.Equal(StatusCode.ResourceExhausted, failure.StatusCode);
        Assert.Equal(0, _aborts);
    }

    [Fact]
    public async Task It_is_cut_off_when_it_has_not_read_for_too_long()
    {
        Task writing = Overflow();

        await Eventually.True(
            () =>
            {
                // From when the write is waited for.
                _time.Advance(ExecutionWriter.LastWriteWithin);
                return writing.IsCompleted;
            });

        _ = await Assert.ThrowsAsync<RpcException>(() => writing);
        Assert.Equal(1, _aborts);
    }

    [Fact]
    public async Task Nothing_is_kept_for_it_meanwhile()
    {
        _ = Overflow();
        await _subscription.Updates.Completion.WaitAsync(
            TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task It_does_not_hold_up_a_gateway_that_ends()
    {
        using var stopping = new CancellationTokenSource();
        Task writing = Overflow(stopping.Token);

        await stopping.CancelAsync();

        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writing);
    }

    /// <summary>A write that blocks, and more behind it than may be.</summary>
    private Task Overflow(CancellationToken cancellation = default)
    {
        var writer = new ExecutionWriter(_stream, _subscription, () => _aborts++, _time);
        Task writing = writer.Write(new(), cancellation);
        for (int update = 0; update <= GatewayLimits.ExecutionsQueuedMax; update++)
        {
            _subscription.Offer(new(TestMarket.Spot, 1, 1, 0, null, null, null, Domain.Orders.RejectReason.None));
        }

        Assert.True(_subscription.IsOverflowed);
        return writing;
    }

    private sealed class BlockedStream : IServerStreamWriter<V1.StreamExecutionsResponse>
    {
        private readonly TaskCompletionSource _read = new();

        public WriteOptions? WriteOptions { get; set; }

        public Task WriteAsync(V1.StreamExecutionsResponse message) => _read.Task;

        public void Read() => _read.SetResult();
    }
}
