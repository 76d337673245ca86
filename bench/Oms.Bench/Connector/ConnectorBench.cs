using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Oms.Bench.Measuring;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Exchanges;
using Oms.Exchanges.Binance;
using Oms.Exchanges.Binance.Spot;

namespace Oms.Bench.Connector;

/// <summary>Orders out, reports in, and both over the loopback.</summary>
internal static class ConnectorBench
{
    private const int Batches = 20;
    private const int DepthLevels = 20;
    private const int WarmUpOrders = 500;
    private const long TimestampMs = 1_700_000_000_000;

    private static readonly byte[] Fill = Encoding.UTF8.GetBytes($$"""
        {"subscriptionId":0,"event":{"e":"executionReport","E":1700000000123,"s":"BTCUSDT",
        "c":"{{WireOrderId.Format(OrderId.Of(0, 1, 7))}}","S":"BUY","o":"LIMIT","f":"GTC","q":"0.01000000",
        "p":"50000.10000000","P":"0.00000000","F":"0.00000000","g":-1,"C":"","x":"TRADE","X":"PARTIALLY_FILLED",
        "r":"NONE","i":4293153,"l":"0.00400000","z":"0.00600000","L":"50000.10000000","n":"0.00000400","N":"BTC",
        "T":1700000000120,"t":99,"I":8641984,"w":false,"m":true,"M":true,"O":1700000000100,"Z":"300.00060000",
        "Y":"200.00040000","Q":"0.00000000","W":1700000000100,"V":"EXPIRE_MAKER"} }
        """);

    /// <exception cref="InvalidOperationException">
    /// An order was not placed or went another way, or a frame was not read.
    /// </exception>
    public static async Task<ConnectorResult> Run(string folder, int orders, int repeats)
    {
        OtherCpuUse others = new();
        (double encodeNs, double allocated) = Encode(repeats);
        (double parseNs, double parseAllocated) = Timed(repeats, Parse);
        double depthNs = Depth(repeats / Batches);
        using BenchExchange simulator = await BenchExchange.StartUnlimited(folder);
        Latencies socket = await RoundTrips(simulator, orders, bySocket: true);
        Latencies rest = await RoundTrips(simulator, orders, bySocket: false);
        return new()
        {
            EncodeNs = encodeNs,
            AllocatedBytes = allocated,
            ParseNs = parseNs,
            ParseAllocatedBytes = parseAllocated,
            ParseDepthNs = depthNs,
            DepthLevels = DepthLevels,
            RttUsP50 = socket.P50 / 1000.0,
            RttUsP99 = socket.P99 / 1000.0,
            RestRttUsP50 = rest.P50 / 1000.0,
            RestRttUsP99 = rest.P99 / 1000.0,
            Orders = orders,
            RssMb = Memory.ResidentMegabytes(),
            OthersCpuPercent = others.Percent(),
        };
    }

    private static (double Ns, double Bytes) Encode(int repeats)
    {
        SubmitOrder order = Order(1);
        SigningKey key = BenchExchange.Account.Key;
        return Timed(repeats, () =>
        {
            RequestParameters parameters = SpotAccount.NewOrder(in order, BenchExchange.Listings);
            return OrderChannel.SignedFrame(parameters, key, 1, "order.place", 5_000, TimestampMs).Length > 0;
        });
    }

    private static bool Parse()
    {
        UserDataFrame frame = UserDataFrame.Read(Fill);
        return StreamReport.Read(in frame, BenchExchange.Listings, BenchExchange.Account, NullLogger.Instance)
            is { Trade: not null };
    }

    private static double Depth(int repeats)
    {
        var book = new DepthBook(BenchExchange.Listings.Listings[0]);
        string levels = string.Join(',', Enumerable.Range(0, DepthLevels / 2).Select(
            level => $"[\"{50_000 - level}.10000000\",\"0.0{level + 1}000000\"]"));
        string others = string.Join(',', Enumerable.Range(0, DepthLevels / 2).Select(
            level => $"[\"{50_001 + level}.10000000\",\"0.0{level + 1}000000\"]"));
        _ = book.TakeSnapshot(Encoding.UTF8.GetBytes(
            $$"""{"lastUpdateId":1,"bids":[{{levels}}],"asks":[{{others}}]}"""));
        byte[] head = Encoding.UTF8.GetBytes("{\"e\":\"depthUpdate\",\"E\":1700000000123,\"s\":\"BTCUSDT\",\"U\":");
        byte[] tail = Encoding.UTF8.GetBytes($",\"b\":[{levels}],\"a\":[{others}]}}");
        byte[][] diffs =
        [
            .. Enumerable.Range(2, repeats + (Batches * 2)).Select(update => (byte[])
            [
                .. head, .. Encoding.UTF8.GetBytes($"{update},\"u\":{update}"), .. tail,
            ]),
        ];
        int next = 0;
        return Timed(repeats, () =>
        {
            byte[] text = diffs[next++];
            return DepthFrame.TryRead(text, out DepthFrame diff) && book.TakeDiff(text, in diff) is null;
        }).Ns;
    }

    /// <summary>The median over batches.</summary>
    private static (double Ns, double Bytes) Timed(int repeats, Func<bool> work)
    {
        var nanos = new double[Batches];
        long bytes = 0;
        int each = repeats / Batches;
        for (int batch = 0; batch < Batches; batch++)
        {
            long allocated = GC.GetAllocatedBytesForCurrentThread();
            long began = Stopwatch.GetTimestamp();
            bool isDone = true;
            for (int index = 0; index < each; index++)
            {
                isDone &= work();
            }

            nanos[batch] = Stopwatch.GetElapsedTime(began).TotalNanoseconds / each;
            bytes = GC.GetAllocatedBytesForCurrentThread() - allocated;
            if (!isDone)
            {
                throw new InvalidOperationException("what was measured did not do its work");
            }
        }

        return (Math.Round(Samples.Median(nanos), 1), Math.Round((double)bytes / each, 1));
    }

    private static async Task<Latencies> RoundTrips(BenchExchange simulator, int orders, bool bySocket)
    {
        using IExchange exchange = simulator.Open(bySocket);
        // The limits, too: without them those that are documented hold.
        _ = await exchange.Instruments.QueryFilters(CancellationToken.None);
        using var stop = new CancellationTokenSource();
        IExchangeAccount account = exchange.OpenAccount([BenchExchange.Account]);
        Task keeping = account.KeepOpen(stop.Token);
        int epoch = bySocket ? 1 : 2;
        for (int number = 1; number <= WarmUpOrders; number++)
        {
            _ = await PlaceAndCancel(account, Order(number, epoch));
        }

        long before = await simulator.OrdersBySocket();
        long[] ticks = new long[orders];
        for (int index = 0; index < orders; index++)
        {
            ticks[index] = await PlaceAndCancel(account, Order(WarmUpOrders + 1 + index, epoch));
        }

        long came = await simulator.OrdersBySocket() - before;
        if (came != (bySocket ? orders : 0))
        {
            throw new InvalidOperationException($"of {orders} orders {came} went by the WebSocket API");
        }

        await stop.CancelAsync();
        await keeping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return Latencies.Of(ticks);
    }

    /// <returns>What placing it took, in ticks of the stopwatch.</returns>
    private static async Task<long> PlaceAndCancel(IExchangeAccount account, SubmitOrder order)
    {
        long before = Stopwatch.GetTimestamp();
        Outcome<OrderEvidence> placed = await account.Place(order, CancellationToken.None);
        long ticks = Stopwatch.GetTimestamp() - before;
        if (placed is not Outcome<OrderEvidence>.Accepted)
        {
            throw new InvalidOperationException($"an order was not placed: {placed}");
        }

        _ = await account.Cancel(
            new()
            {
                Header = MessageHeader.For<SubmitCancel>(BenchExchange.Account.Id),
                Session = 1,
                OrderId = order.OrderId,
                InstrumentId = order.InstrumentId,
                ExchangeOrderId = 0,
                Halt = 0,
            },
            CancellationToken.None);
        return ticks;
    }

    private static SubmitOrder Order(int number, int epoch = 3) => BenchOrder.Of(
        BenchExchange.Account.Id, OrderId.Of(0, epoch, number), TimeInForce.GoodTillCancel);
}
