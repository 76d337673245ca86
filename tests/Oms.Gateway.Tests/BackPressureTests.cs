using Google.Rpc;
using Grpc.Core;
using Oms.Gateway.Tests.Kit;
using Oms.Testing;

namespace Oms.Gateway.Tests;

public sealed class BackPressureTests
{
    /// <summary>The smallest ring: 21 orders of 192 bytes.</summary>
    private const int RingBytes = 4096;

    [Fact]
    public async Task A_full_ring_refuses_at_once_and_loses_nothing_that_was_taken()
    {
        await using TestDeployment deployment = await TestDeployment.Started(RingBytes);
        V1.OrderService.OrderServiceClient orders = deployment.Orders();
        deployment.FastPath.IsReading = false;
        DateTime deadline = DateTime.UtcNow.AddSeconds(30);
        List<Task<V1.PlaceOrderResponse>> calls = [.. Enumerable.Range(0, 40).Select(index =>
            orders.PlaceOrderAsync(PlaceOrderTests.Limit($"order-{index}"),
                deadline: deadline).ResponseAsync)];
        await Eventually.True(
            () => calls.Count(call => call.IsFaulted) == 19);
        deployment.FastPath.IsReading = true;
        await Eventually.True(() => calls.All(call => call.IsCompleted));

        Assert.Equal(21, calls.Count(call => call.IsCompletedSuccessfully));
        foreach (Task<V1.PlaceOrderResponse> call in calls.Where(call => call.IsFaulted))
        {
            RpcException failure = await Assert.ThrowsAsync<RpcException>(() => call);
            Assert.Equal(StatusCode.ResourceExhausted, failure.StatusCode);
            Assert.Equal("BACK_PRESSURED", failure.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Reason);
        }

        V1.ListOrdersResponse known = await orders.ListOrdersAsync(new());
        Assert.Equal(21, known.Orders.Count);
    }
}
