using Grpc.Core;
using Oms.Gateway.Tests.Kit;

namespace Oms.Gateway.Tests;

/// <summary>The fast way in.</summary>
[Collection<OneGateway>]
public sealed class StreamCommandsTests(SharedDeployment shared)
{
    private readonly TestDeployment _deployment = shared.Deployment;

    [Fact]
    public async Task Every_command_of_every_message_has_one_outcome()
    {
        using AsyncDuplexStreamingCall<V1.StreamCommandsRequest, V1.StreamCommandsResponse> call =
            _deployment.Orders().StreamCommands();
        Task<List<V1.CommandOutcome>> reading = ReadAll(call.ResponseStream);
        long number = 0;
        for (int message = 0; message < 20; message++)
        {
            var request = new V1.StreamCommandsRequest();
            for (int command = 0; command < 50; command++)
            {
                number++;
                request.Commands.Add(new V1.Command
                {
                    RequestId = number,
                    Place = PlaceOrderTests.Limit($"{(number % 10 == 0 ? "reject" : "s")}-{number}"),
                });
            }

            await call.RequestStream.WriteAsync(request);
        }

        await call.RequestStream.CompleteAsync();
        List<V1.CommandOutcome> outcomes = await reading;

        Assert.Equal(
            Enumerable.Range(1, 1_000).Select(id => (long)id), outcomes.Select(outcome => outcome.RequestId).Order());
        Assert.All(outcomes, outcome => Assert.Equal(
            outcome.RequestId % 10 == 0
                ? (V1.OrderStatus.Rejected, "insufficient_balance")
                : (V1.OrderStatus.PendingNew, ""),
            (outcome.Status, outcome.RejectReason)));
        Assert.Equal(1_000, outcomes.Select(outcome => outcome.OrderId).Distinct().Count());
    }

    [Fact]
    public async Task A_command_without_a_grant_is_refused_and_the_stream_goes_on()
    {
        using AsyncDuplexStreamingCall<V1.StreamCommandsRequest, V1.StreamCommandsResponse> call =
            _deployment.Orders(TestDeployment.SpotTraderToken).StreamCommands();
        V1.PlaceOrderRequest other = PlaceOrderTests.Limit("other");
        other.Account = TestMarket.MainName;
        await call.RequestStream.WriteAsync(new()
        {
            Commands =
            {
                new V1.Command { RequestId = 1, Place = other },
                new V1.Command { RequestId = 2, Place = PlaceOrderTests.Limit("own") },
            },
        });
        await call.RequestStream.CompleteAsync();
        List<V1.CommandOutcome> outcomes = await ReadAll(call.ResponseStream);

        Assert.Equal("NOT_GRANTED", outcomes.Single(outcome => outcome.RequestId == 1).Failure.Reason);
        Assert.NotEmpty(outcomes.Single(outcome => outcome.RequestId == 2).OrderId);
        Assert.Null(_deployment.FastPath.LastReportOf(TestMarket.Main, "other"));
    }

    [Fact]
    public async Task A_command_that_fastpath_never_answers_has_an_outcome_that_is_not_known()
    {
        using AsyncDuplexStreamingCall<V1.StreamCommandsRequest, V1.StreamCommandsResponse> call =
            _deployment.Orders().StreamCommands();
        await call.RequestStream.WriteAsync(new()
        {
            Commands = { new V1.Command { RequestId = 7, Place = PlaceOrderTests.Limit("silent-stream") } },
        });
        await call.RequestStream.CompleteAsync();

        V1.CommandOutcome outcome = Assert.Single(await ReadAll(call.ResponseStream));
        Assert.Equal((7, "OUTCOME_UNKNOWN"), (outcome.RequestId, outcome.Failure.Reason));
    }

    [Fact]
    public async Task A_token_that_is_revoked_ends_the_stream()
    {
        await using TestDeployment own = await TestDeployment.Started();
        using AsyncDuplexStreamingCall<V1.StreamCommandsRequest, V1.StreamCommandsResponse> call =
            own.Orders(TestDeployment.SpotTraderToken).StreamCommands();
        await call.ResponseHeadersAsync;
        own.WriteIdentities(withTrader: false);
        Task<List<V1.CommandOutcome>> reading = ReadAll(call.ResponseStream);
        long number = 0;
        while (!reading.IsCompleted)
        {
            try
            {
                await call.RequestStream.WriteAsync(new()
                {
                    Commands =
                    {
                        new V1.Command { RequestId = ++number, Place = PlaceOrderTests.Limit($"r-{number}") },
                    },
                });
                await Task.WhenAny(reading, Task.Delay(20));
            }
            catch (Exception ended) when (ended is RpcException or InvalidOperationException)
            {
                break;
            }
        }

        RpcException failure = await Assert.ThrowsAsync<RpcException>(() => reading);
        Assert.Equal(StatusCode.Unauthenticated, failure.StatusCode);
    }

    private static async Task<List<V1.CommandOutcome>> ReadAll(IAsyncStreamReader<V1.StreamCommandsResponse> stream)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var outcomes = new List<V1.CommandOutcome>();
        while (await stream.MoveNext(patience.Token))
        {
            outcomes.AddRange(stream.Current.Outcomes);
        }

        return outcomes;
    }
}
