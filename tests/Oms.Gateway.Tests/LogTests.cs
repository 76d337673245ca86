using System.Text.Json;
using Grpc.Core;
using Oms.Gateway.Access;
using Oms.Gateway.Tests.Kit;
using Oms.Testing;

namespace Oms.Gateway.Tests;

/// <summary>What is written down of a call, and how it is found again.</summary>
public sealed class LogTests(SharedDeployment shared) : IClassFixture<SharedDeployment>
{
    private readonly TestDeployment _deployment = shared.Deployment;

    [Fact]
    public async Task A_call_is_found_by_its_correlation_id_in_the_log_of_its_account_and_in_the_audit_log()
    {
        const string Id = "desk-7:order/1";
        AsyncUnaryCall<V1.PlaceOrderResponse> call = _deployment.Orders(TestDeployment.SpotTraderToken)
            .PlaceOrderAsync(PlaceOrderTests.Limit("followed"), new Metadata { { CorrelationIds.Header, Id } });
        V1.Order order = (await call).Order;
        Assert.Equal(Id, call.GetTrailers().GetValue(CorrelationIds.Header));

        JsonElement line = await LineOf(TestMarket.SpotName, Id);
        Assert.Equal(order.OrderId, line.GetProperty("OrderId").GetString());
        Assert.Equal("followed", line.GetProperty("ClientOrderId").GetString());
        Assert.Equal("trader", line.GetProperty("Identity").GetString());
        string audit = Directory.GetFiles(_deployment.Data.Audit).Single();
        await Eventually.True(() => Text(audit).Contains(Id, StringComparison.Ordinal));
        JsonElement audited = Lines(audit).Last();
        Assert.Equal(Id, audited.GetProperty("correlation_id").GetString());
        Assert.Empty(FilesOf(TestMarket.MainName));
        Assert.All(
            Directory.GetFiles(Path.Combine(_deployment.Data.Path, "logs"), "*", SearchOption.AllDirectories),
            path => Assert.DoesNotContain(TestDeployment.SpotTraderToken, Text(path)));
    }

    [Fact]
    public async Task A_call_without_an_id_gets_one_of_its_trace_or_of_its_own_and_a_refusal_is_written_down_too()
    {
        var trace = new Metadata
        {
            { "traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01" },
            { CorrelationIds.Header, "no id: it has spaces" },
        };
        V1.OrderService.OrderServiceClient orders = _deployment.Orders(TestDeployment.SpotReaderToken);
        RpcException refused = await Assert.ThrowsAsync<RpcException>(
            async () => await orders.PlaceOrderAsync(PlaceOrderTests.Limit("refused"), trace));
        Assert.Equal(StatusCode.PermissionDenied, refused.StatusCode);
        Assert.Equal("0af7651916cd43dd8448eb211c80319c", refused.Trailers.GetValue(CorrelationIds.Header));
        JsonElement line = await LineOf(TestMarket.SpotName, "0af7651916cd43dd8448eb211c80319c");
        Assert.Equal("PermissionDenied", line.GetProperty("Outcome").GetString());

        refused = await Assert.ThrowsAsync<RpcException>(
            async () => await orders.PlaceOrderAsync(PlaceOrderTests.Limit("refused")));
        Assert.Matches("^[0-9a-f]{32}$", refused.Trailers.GetValue(CorrelationIds.Header));
    }

    [Fact]
    public async Task Each_order_of_a_batch_has_its_line_and_a_stream_tells_its_id_back()
    {
        var id = new Metadata { { CorrelationIds.Header, "batch-1" } };
        V1.OrderService.OrderServiceClient orders = _deployment.Orders(TestDeployment.SpotTraderToken);
        var batch = new V1.ExecuteBatchRequest();
        batch.Commands.Add(new V1.Command { RequestId = 1, Place = PlaceOrderTests.Limit("one") });
        batch.Commands.Add(new V1.Command { RequestId = 2, Place = PlaceOrderTests.Limit("two") });
        _ = await orders.ExecuteBatchAsync(batch, id);
        await Eventually.True(() => FilesOf(TestMarket.SpotName).SelectMany(Lines)
            .Where(line => line.GetProperty("CorrelationId").GetString() == "batch-1")
            .Select(line => line.GetProperty("ClientOrderId").GetString())
            .SequenceEqual(["one", "two"]));

        using AsyncDuplexStreamingCall<V1.StreamCommandsRequest, V1.StreamCommandsResponse> stream =
            orders.StreamCommands(new Metadata { { CorrelationIds.Header, "stream-1" } });
        foreach (string name in new[] { "three", "four" })
        {
            await stream.RequestStream.WriteAsync(new()
            {
                Commands = { new V1.Command { RequestId = 1, Place = PlaceOrderTests.Limit(name) } },
            });
            Assert.True(await stream.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        }

        await stream.RequestStream.CompleteAsync();
        Assert.False(await stream.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        Assert.Equal("stream-1", stream.GetTrailers().GetValue(CorrelationIds.Header));

        // Its account is told of it once, however many messages name it; lines come in order.
        _ = await orders.PlaceOrderAsync(
            PlaceOrderTests.Limit("five"), new Metadata { { CorrelationIds.Header, "after-1" } });
        _ = await LineOf(TestMarket.SpotName, "after-1");
        _ = Assert.Single(
            FilesOf(TestMarket.SpotName).SelectMany(Lines),
            line => line.GetProperty("CorrelationId").GetString() == "stream-1");
    }

    [Fact]
    public async Task A_change_of_an_order_that_is_not_known_is_written_down_too()
    {
        V1.OrderService.OrderServiceClient orders = _deployment.Orders(TestDeployment.SpotTraderToken);
        V1.CancelOrderResponse canceled = await orders.CancelOrderAsync(
            new() { Account = TestMarket.SpotName, ClientOrderId = "never-was" },
            new Metadata { { CorrelationIds.Header, "cancel-1" } });
        Assert.Null(canceled.Order);

        JsonElement line = await LineOf(TestMarket.SpotName, "cancel-1");
        Assert.Equal("OK", line.GetProperty("Outcome").GetString());
        _ = await orders.PlaceOrderAsync(PlaceOrderTests.Limit("after"));
    }

    private async Task<JsonElement> LineOf(string account, string correlationId)
    {
        JsonElement? found = null;
        await Eventually.True(() => (found = FilesOf(account).SelectMany(Lines).Cast<JsonElement?>().FirstOrDefault(
            line => line!.Value.GetProperty("CorrelationId").GetString() == correlationId)) is not null);
        return found!.Value;
    }

    private string[] FilesOf(string account) =>
    [
        .. Directory.GetFiles(
            Path.Combine(_deployment.Data.Path, "logs"), "gateway.jsonl", SearchOption.AllDirectories)
            .Where(path => path.Contains($"/{account}/", StringComparison.Ordinal)),
    ];

    private static IEnumerable<JsonElement> Lines(string path) =>
        Text(path).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement);

    private static string Text(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        return reader.ReadToEnd();
    }
}
