using Grpc.Core;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Gateway.Tests.Kit;
using Oms.Journal;

namespace Oms.Gateway.Tests;

[Collection<OneGateway>]
public sealed class StreamExecutionsTests(SharedDeployment shared)
{
    private readonly TestDeployment _deployment = shared.Deployment;

    [Fact]
    public async Task What_happens_after_the_headers_is_streamed_in_order_with_the_stages()
    {
        using AsyncServerStreamingCall<V1.StreamExecutionsResponse> call =
            _deployment.Orders().StreamExecutions(From(null));
        await call.ResponseHeadersAsync;
        OrderId order = _deployment.FastPath.NextOrderId();
        ExecutionReport report = TestMarket.Report(TestMarket.Spot, order, "streamed");
        long first = _deployment.FastPath.Emit(report with
        {
            Stages = new() { GatewayNanos = 1, RingNanos = 1_000, RiskNanos = 1_001,
                ExchangeNanos = 2_000_000 },
            ReplyReceived = System.Diagnostics.Stopwatch.GetTimestamp(),
        });
        _deployment.FastPath.Emit(
            TestMarket.Report(TestMarket.Main, _deployment.FastPath.NextOrderId(), "of-another"));
        long second = _deployment.FastPath.Emit(Filled(report));

        V1.Execution acknowledged = await call.ResponseStream.Next();
        V1.Execution filled = await call.ResponseStream.Next();

        Assert.Equal([first, second], [acknowledged.Sequence, filled.Sequence]);
        Assert.Equal(V1.ExecutionType.New, acknowledged.Type);
        Assert.Equal(V1.OrderStatus.New, acknowledged.Order.Status);
        V1.Stages stages = acknowledged.Order.Stages;
        Assert.Equal((1, 1, 2, 2_000), (stages.GatewayUs, stages.RingUs, stages.RiskUs, stages.ExchangeUs));
        Assert.InRange(stages.BackUs, 1, 30_000_000);
        Assert.Null(acknowledged.Fill);

        Assert.Equal(V1.ExecutionType.Trade, filled.Type);
        Assert.Equal(V1.OrderStatus.Filled, filled.Order.Status);
        Assert.Equal("0.01", filled.Order.FilledQuantity);
        Assert.Equal("49999.99", filled.Order.AveragePrice);
        Assert.Equal(stages, filled.Order.Stages);
        Assert.Equal(("49999.99", "0.01"), (filled.Fill.Price, filled.Fill.Quantity));
        Assert.Equal(("0.00001", "BTC"), (filled.Fill.Fee, filled.Fill.FeeAsset));
        Assert.Equal(("77", $"{second}"), (filled.Fill.TradeId, filled.Fill.ExecutionId));
        Assert.Equal(second, filled.Fill.Sequence);
        Assert.True(filled.Fill.IsMaker);
    }

    [Fact]
    public async Task A_resumed_stream_has_no_gap_and_no_repeat_over_a_killed_gateway()
    {
        await using TestDeployment own = await TestDeployment.Started();
        const int Before = 700;
        const int During = 300;
        const int After = 700;
        var seen = new List<long>();
        var sent = new List<long>();
        sent.AddRange(Emit(own, Before));
        using (AsyncServerStreamingCall<V1.StreamExecutionsResponse> call =
            own.Orders().StreamExecutions(From(0)))
        {
            while (seen.Count < Before - 100)
            {
                seen.Add((await call.ResponseStream.Next()).Sequence);
            }

            await own.KillGateway();
        }

        sent.AddRange(Emit(own, During));
        await own.StartGateway();
        using AsyncServerStreamingCall<V1.StreamExecutionsResponse> resumed =
            own.Orders().StreamExecutions(From(seen[^1]));
        Task emitting = Task.Run(() => sent.AddRange(Emit(own, After)));
        while (seen.Count < Before + During + After)
        {
            seen.Add((await resumed.ResponseStream.Next()).Sequence);
        }

        await emitting;
        Assert.Equal(sent, seen);
    }

    [Fact]
    public async Task A_sequence_that_was_never_given_is_refused()
    {
        using AsyncServerStreamingCall<V1.StreamExecutionsResponse> call =
            _deployment.Orders().StreamExecutions(From(1_000_000));
        RpcException failure = await Assert.ThrowsAsync<RpcException>(() =>
            call.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal(StatusCode.OutOfRange, failure.StatusCode);
    }

    [Fact]
    public async Task What_the_log_no_longer_holds_is_refused_and_the_rest_is_streamed()
    {
        await using TestDeployment own = await TestDeployment.Started();
        List<long> sent = Emit(own, 700);
        await own.KillGateway();
        string[] segments = [.. Directory.GetFiles(own.Data.Log, "*.log").Order()];
        Assert.True(segments.Length > 2);
        File.Delete(segments[0]);
        long first = LogReader.LogSequenceBefore(own.Data.Log) + 1;
        Assert.InRange(first, 2, 699);

        await own.StartGateway();
        using AsyncServerStreamingCall<V1.StreamExecutionsResponse> tooOld =
            own.Orders().StreamExecutions(From(first - 2));
        RpcException failure = await Assert.ThrowsAsync<RpcException>(() =>
            tooOld.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal(StatusCode.OutOfRange, failure.StatusCode);
        Assert.Contains($"held from sequence {first} on", failure.Status.Detail);

        using AsyncServerStreamingCall<V1.StreamExecutionsResponse> held =
            own.Orders().StreamExecutions(From(first - 1));
        foreach (long sequence in sent.Where(sequence => sequence >= first))
        {
            Assert.Equal(sequence, (await held.ResponseStream.Next()).Sequence);
        }

        // What goes while the gateway runs, it learns when it is asked.
        File.Delete(segments[1]);
        using AsyncServerStreamingCall<V1.StreamExecutionsResponse> gone =
            own.Orders().StreamExecutions(From(first - 1));
        failure = await Assert.ThrowsAsync<RpcException>(() =>
            gone.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal(StatusCode.OutOfRange, failure.StatusCode);
    }

    [Fact]
    public async Task A_client_that_does_not_read_is_ended_and_delays_nobody()
    {
        await using TestDeployment own = await TestDeployment.Started();
        const int Executions = 30_000;
        using AsyncServerStreamingCall<V1.StreamExecutionsResponse> slow =
            own.Orders().StreamExecutions(From(null));
        using AsyncServerStreamingCall<V1.StreamExecutionsResponse> fast =
            own.Orders().StreamExecutions(From(null));
        await slow.ResponseHeadersAsync;
        await fast.ResponseHeadersAsync;
        for (int batch = 0; batch < Executions / 1_000; batch++)
        {
            foreach (long sequence in Emit(own, 1_000))
            {
                Assert.Equal(sequence, (await fast.ResponseStream.Next()).Sequence);
            }
        }

        long last = 0;
        RpcException failure = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            while (true)
            {
                V1.Execution execution = await slow.ResponseStream.Next();
                Assert.Equal(last + 1, execution.Sequence);
                last = execution.Sequence;
            }
        });
        Assert.Equal(StatusCode.ResourceExhausted, failure.StatusCode);
        Assert.Contains("too slowly", failure.Status.Detail);
        Assert.InRange(last, 1, Executions - 1);
    }

    [Fact]
    public async Task A_refused_cancel_is_an_execution()
    {
        using AsyncServerStreamingCall<V1.StreamExecutionsResponse> call =
            _deployment.Orders().StreamExecutions(From(null));
        await call.ResponseHeadersAsync;
        await _deployment.Orders().CancelOrderAsync(
            new() { Account = TestMarket.SpotName, ClientOrderId = "none" });

        V1.Execution execution = await call.ResponseStream.Next();
        Assert.Equal(V1.ExecutionType.CancelRejected, execution.Type);
        Assert.Equal("order_unknown", execution.CancelRejectReason);
        Assert.Null(execution.Order);
    }

    internal static ExecutionReport Filled(in ExecutionReport report) => report with
    {
        Status = OrderStatus.Filled,
        ExecutionType = ExecutionType.Trade,
        CumulativeQuantity = 1_000,
        CumulativeNotional = 49_999_990_000,
        LastPrice = 4_999_999,
        LastQuantity = 1_000,
        Fee = 1_000,
        FeeAssetId = TestMarket.Btc,
        TradeId = 77,
        IsMaker = 1,
    };

    private static List<long> Emit(TestDeployment deployment, int count)
    {
        var sequences = new List<long>(count);
        for (int index = 0; index < count; index++)
        {
            OrderId order = deployment.FastPath.NextOrderId();
            sequences.Add(
                deployment.FastPath.Emit(TestMarket.Report(TestMarket.Spot, order, $"order-{order}")));
        }

        return sequences;
    }

    private static V1.StreamExecutionsRequest From(long? afterSequence)
    {
        var start = new V1.ExecutionStart { Account = TestMarket.SpotName };
        if (afterSequence is { } after)
        {
            start.AfterSequence = after;
        }

        return new() { Starts = { start } };
    }
}
