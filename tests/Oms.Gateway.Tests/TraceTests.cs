using System.Diagnostics;
using Grpc.Core;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Gateway.Tests.Kit;
using Oms.Otlp.Testing;
using Oms.Testing;

namespace Oms.Gateway.Tests;

/// <summary>What a collector of OpenTelemetry is told.</summary>
public sealed class TraceTests(TracedDeployment traced) : IClassFixture<TracedDeployment>
{
    private const string OrderTrace = "0af7651916cd43dd8448eb211c80319c";
    private const string StreamTrace = "1bf8762a27de54ee9559fc322d914200";
    private const string CallerSpan = "b7ad6b7169203331";

    private readonly OtlpCollector _collector = traced.Collector;
    private readonly TestDeployment _deployment = traced.Deployment;

    [Fact]
    public async Task An_order_is_followed_from_its_caller_to_the_exchange_and_back()
    {
        V1.OrderService.OrderServiceClient orders = _deployment.Orders();
        _ = await orders.PlaceOrderAsync(PlaceOrderTests.Limit("untraced"));
        _ = await orders.PlaceOrderAsync(PlaceOrderTests.Limit("not-wanted"), Parent(OrderTrace, "00"));
        Metadata wanted = Parent(OrderTrace, "01");
        V1.Order order = (await orders.PlaceOrderAsync(PlaceOrderTests.Limit("traced"), wanted)).Order;
        foreach (string id in new[] { "untraced", "not-wanted", "traced" })
        {
            Answer(id);
        }

        await Eventually.True(() => Named(OrderTrace, "order").Length > 0
            && Named(OrderTrace, "oms.v1.OrderService/PlaceOrder").Length > 0);
        Assert.All(_collector.Spans, span => Assert.Equal("oms-gateway", span.Service));
        Assert.All(_collector.Spans, span => Assert.Contains(span.TraceId, new[] { OrderTrace, StreamTrace }));
        CollectedSpan call = Assert.Single(Named(OrderTrace, "oms.v1.OrderService/PlaceOrder"));
        CollectedSpan placed = Assert.Single(Named(OrderTrace, "order"));
        Assert.Equal((CallerSpan, call.SpanId), (call.ParentId, placed.ParentId));
        Assert.Equal(order.OrderId, placed.Attributes["oms.order_id"]);
        Assert.Equal(TestMarket.SpotName, placed.Attributes["oms.account"]);
        Assert.Equal("traced", placed.Attributes["oms.client_order_id"]);

        string[] stages = ["gateway", "ring", "risk", "connector", "exchange", "back"];
        CollectedSpan[] parts = [.. stages.Select(stage => Assert.Single(Named(OrderTrace, stage)))];
        Assert.All(parts, part => Assert.Equal(placed.SpanId, part.ParentId));
        Assert.Equal(
            [10_000, 20_000, 30_000, 40_000, 5_000_000],
            parts[..5].Select(part => part.EndUnixNanos - part.StartUnixNanos));
        Assert.All(parts.Zip(parts.Skip(1)), pair =>
            Assert.Equal(pair.First.EndUnixNanos, pair.Second.StartUnixNanos));
        Assert.Equal(placed.StartUnixNanos, parts[0].StartUnixNanos);
        Assert.InRange(placed.EndUnixNanos - parts[^1].EndUnixNanos, 0, 1_000);
    }

    [Fact]
    public async Task A_stream_of_commands_and_a_refusal_are_traced_too()
    {
        using AsyncDuplexStreamingCall<V1.StreamCommandsRequest, V1.StreamCommandsResponse> stream =
            _deployment.Orders().StreamCommands(Parent(StreamTrace, "01"));
        await stream.RequestStream.WriteAsync(new()
        {
            Commands =
            {
                new V1.Command { RequestId = 1, Place = PlaceOrderTests.Limit("streamed") },
                new V1.Command { RequestId = 2, Place = PlaceOrderTests.Limit("reject-1") },
            },
        });
        await stream.RequestStream.CompleteAsync();
        while (await stream.ResponseStream.MoveNext(CancellationToken.None))
        {
            // Until both have their outcomes.
        }

        Answer("streamed");
        await Eventually.True(() => Named(StreamTrace, "order").Length == 2);
        Assert.Equal("reject-1", Assert.Single(
            Named(StreamTrace, "order"), span => span.IsError).Attributes["oms.client_order_id"]);
        await Eventually.True(() => Named(StreamTrace, "oms.v1.OrderService/StreamCommands").Length == 1);
        Assert.All(Named(StreamTrace, "order"), span =>
            Assert.Equal(Named(StreamTrace, "oms.v1.OrderService/StreamCommands")[0].SpanId, span.ParentId));
    }

    [Fact]
    public async Task Metrics_reach_a_collector() => await Eventually.True(() =>
        _collector.Metrics.Contains("oms.account.ready") && _collector.Metrics.Contains("oms.process.up"));

    private static Metadata Parent(string trace, string flags) =>
        new() { { "traceparent", $"00-{trace}-{CallerSpan}-{flags}" } };

    private CollectedSpan[] Named(string trace, string name) =>
        [.. _collector.Spans.Where(span => span.TraceId == trace && span.Name == name)];

    /// <summary>As FastPath reports what the exchange answered, with what was measured.</summary>
    private void Answer(string clientOrderId)
    {
        ExecutionReport order = _deployment.FastPath.LastReportOf(TestMarket.Spot, clientOrderId)!.Value;
        _deployment.FastPath.Emit(order with
        {
            Status = OrderStatus.New,
            ExecutionType = ExecutionType.New,
            CorrelationId = 0,
            ReplyReceived = Stopwatch.GetTimestamp() - 1_000,
            Stages = new()
            {
                GatewayNanos = 10_000,
                RingNanos = 20_000,
                RiskNanos = 30_000,
                ConnectorNanos = 40_000,
                ExchangeNanos = 5_000_000,
            },
        });
    }
}
