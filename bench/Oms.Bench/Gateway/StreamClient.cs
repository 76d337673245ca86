using System.Diagnostics;
using System.Globalization;
using Grpc.Core;
using Grpc.Net.Client;
using Oms.Bench.FastPath;

namespace Oms.Bench.Gateway;

/// <summary>A client that streams orders over a connection of its own.</summary>
internal sealed class StreamClient : IAsyncDisposable
{
    private const int PriceSteps = 4_000;

    private readonly GrpcChannel _channel;
    private readonly AsyncDuplexStreamingCall<V1.StreamCommandsRequest, V1.StreamCommandsResponse> _call;
    private readonly string _name;
    private readonly SemaphoreSlim _answered = new(0);
    private readonly Task _reading;
    private long _sent;
    private long _outcomes;

    public StreamClient(GrpcChannel channel, string name)
    {
        _channel = channel;
        _name = name;
        _call = new V1.OrderService.OrderServiceClient(channel).StreamCommands();
        _reading = ReadAll();
    }

    /// <summary>Orders that were refused.</summary>
    public long Refused { get; private set; }

    /// <summary>An order that finds nobody and ends at once: it stays for nobody to clear away.</summary>
    public static V1.PlaceOrderRequest Order(string name, long number) => new()
    {
        Account = string.Create(
            CultureInfo.InvariantCulture,
            $"{BenchDeployment.Exchange}/account_{number % BenchDeployment.AccountCount}"),
        Symbol = BenchDeployment.AssetOf(0) + "/USDT",
        Side = V1.Side.Buy,
        Type = V1.OrderType.Limit,
        TimeInForce = V1.TimeInForce.ImmediateOrCancel,
        Quantity = "0.001",
        Price = string.Create(
            CultureInfo.InvariantCulture,
            $"{49_900 + (number / BenchDeployment.AccountCount % PriceSteps / 100.0):0.00}"),
        ClientOrderId = string.Create(CultureInfo.InvariantCulture, $"{name}-{number}"),
    };

    /// <summary>From a message with one command to its outcome, one after the other; ticks of the stopwatch.</summary>
    public async Task<long[]> RoundTrips(int count, bool isEcho)
    {
        long[] ticks = new long[count];
        for (int index = 0; index < count; index++)
        {
            V1.Command command = isEcho ? new() { Ping = new() } : new() { Place = Order(_name, _sent) };
            command.RequestId = _sent + 1;
            var request = new V1.StreamCommandsRequest { Commands = { command } };
            long before = Stopwatch.GetTimestamp();
            _sent++;
            await _call.RequestStream.WriteAsync(request);
            await Answered();
            ticks[index] = Stopwatch.GetTimestamp() - before;
        }

        return ticks;
    }

    /// <summary>Orders in batches, of which so many are under way.</summary>
    public async Task Stream(int orders, int batch, int window)
    {
        long last = _sent + orders;
        while (_sent < last)
        {
            while (_sent - Volatile.Read(ref _outcomes) > window - batch)
            {
                await Answered();
            }

            var request = new V1.StreamCommandsRequest();
            for (int index = 0; index < batch; index++)
            {
                _sent++;
                request.Commands.Add(new V1.Command { RequestId = _sent, Place = Order(_name, _sent) });
            }

            await _call.RequestStream.WriteAsync(request);
        }

        while (Volatile.Read(ref _outcomes) < _sent)
        {
            await Answered();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _call.RequestStream.CompleteAsync();
        await _reading;
        _call.Dispose();
        _channel.Dispose();
        _answered.Dispose();
    }

    /// <summary>Returns when outcomes came.</summary>
    /// <exception cref="InvalidOperationException">A command failed, or the stream ended.</exception>
    private async Task Answered()
    {
        Task answer = _answered.WaitAsync();
        if (await Task.WhenAny(answer, _reading) != answer)
        {
            await _reading;
            throw new InvalidOperationException("the stream ended before its outcomes");
        }
    }

    private async Task ReadAll()
    {
        await foreach (V1.StreamCommandsResponse response in _call.ResponseStream.ReadAllAsync())
        {
            foreach (V1.CommandOutcome outcome in response.Outcomes)
            {
                if (outcome.Failure is { } failure)
                {
                    throw new InvalidOperationException($"{failure.Reason}: {failure.Message}");
                }

                Refused += outcome.RejectReason.Length > 0 ? 1 : 0;
            }

            _ = Interlocked.Add(ref _outcomes, response.Outcomes.Count);
            _ = _answered.Release();
        }
    }
}
