using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using NATS.Client.Core;
using NATS.Client.JetStream;
using Oms.Bench.Measuring;
using Oms.Bench.Nats;
using Oms.Domain.Accounts;
using Oms.Silo.Feed;
using Oms.Silo.Streams;
using Oms.Silo.Text;

namespace Oms.Bench.Publish;

/// <summary>
/// The silo's own feed with its publisher as the one sink: from a log that is there to streams of a real server, and
/// then events as they come.
/// </summary>
internal static class PublishBench
{
    public const int StreamsMax = 1_000;

    /// <summary>Events that are published before anything is measured.</summary>
    private const int WarmUpEvents = 50_000;

    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(1);

    /// <param name="lagRatePerS">Events per second that come in while their lag is measured.</param>
    /// <param name="lagSeconds">For so long.</param>
    /// <exception cref="InvalidOperationException">The feed failed.</exception>
    public static async Task<PublishResult> Run(
        string folder, int streams, long events, int lagRatePerS, int lagSeconds)
    {
        using BenchNats server = BenchNats.Start(Path.Combine(folder, "nats"));
        using var desk = new PlayedDesk(folder, streams);
        desk.Prepare(WarmUpEvents + events);
        await using NatsConnection connection = await server.Connect();
        var state = new FeedState();
        using LiveEvents live = await LiveEvents.OpenAsync(desk.Region, state, false, CancellationToken.None);
        var names = new EventNames(live.Listings);
        ImmutableArray<AccountName> accounts = [.. Enumerable.Range(0, streams).Select(PlayedDesk.AccountOf)];
        using var publisher = new AccountStreams(new NatsJSContext(connection), new StreamSettings(), names);
        var pump = new EventPump(
            live, desk.Data, new(desk.Data.Silo), accounts, [publisher], [], names, state, static () => { },
            NullLogger<EventPump>.Instance);
        using var end = new CancellationTokenSource();
        Task feed = pump.RunAsync(end.Token);
        await Await(state, feed, WarmUpEvents, desk);
        OtherCpuUse others = new();
        using var serverProcess = Process.GetProcessById(server.Pid);
        (TimeSpan own, TimeSpan servers) = (Environment.CpuUsage.TotalTime, serverProcess.TotalProcessorTime);
        long began = Stopwatch.GetTimestamp();
        long first = state.LastDeliveredLogSequence;
        await Await(state, feed, WarmUpEvents + events, desk);
        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        long published = state.LastDeliveredLogSequence - first;
        serverProcess.Refresh();
        double cpuUs = (Environment.CpuUsage.TotalTime - own).TotalMicroseconds / published;
        double serverCpuUs = (serverProcess.TotalProcessorTime - servers).TotalMicroseconds / published;
        Latencies lag = await LagOf(desk, state, feed, lagRatePerS, lagRatePerS * lagSeconds);
        double othersCpu = others.Percent();
        await end.CancelAsync();
        await feed;
        long stored = await StoredIn(connection, accounts);
        return new()
        {
            Streams = streams,
            Events = events,
            EventsPerS = Math.Round(published / seconds),
            CpuUsPerEvent = Math.Round(cpuUs, 2),
            ServerCpuUsPerEvent = Math.Round(serverCpuUs, 2),
            LagRatePerS = lagRatePerS,
            LagMsP50 = Ms(lag.P50),
            LagMsP99 = Ms(lag.P99),
            LagMsMax = Ms(lag.Max),
            Stored = stored,
            IsComplete = stored == desk.LogSequence,
            RssMb = Memory.ResidentMegabytes(),
            ServerRssMb = Memory.ResidentMegabytes(server.Pid),
            OthersCpuPercent = othersCpu,
        };
    }

    private static double Ms(long nanos) => Math.Round(nanos / 1e6, 2);

    private static async Task Await(FeedState state, Task feed, long logSequence, PlayedDesk desk)
    {
        using var timer = new PeriodicTimer(LookInterval);
        while (state.LastDeliveredLogSequence < logSequence)
        {
            ThrowIfFailed(state, feed);
            desk.Announce();
            _ = await timer.WaitForNextTickAsync();
        }
    }

    private static async Task<Latencies> LagOf(PlayedDesk desk, FeedState state, Task feed, int ratePerS, int events)
    {
        long[] ticks = new long[events];
        long before = desk.LogSequence;
        long began = Stopwatch.GetTimestamp();
        long Due(int number) => began + (number * Stopwatch.Frequency / ratePerS);
        using var timer = new PeriodicTimer(LookInterval);
        for (int appended = 0, delivered = 0; delivered < events;)
        {
            for (long now = Stopwatch.GetTimestamp(); appended < events && Due(appended) <= now; appended++)
            {
                desk.Append();
            }

            desk.Commit();
            desk.Announce();
            long held = state.LastDeliveredLogSequence - before;
            for (long now = Stopwatch.GetTimestamp(); delivered < held; delivered++)
            {
                ticks[delivered] = now - Due(delivered);
            }

            ThrowIfFailed(state, feed);
            _ = await timer.WaitForNextTickAsync();
        }

        return Latencies.Of(ticks);
    }

    private static void ThrowIfFailed(FeedState state, Task feed)
    {
        if (state.Failure.Length > 0 || feed.IsCompleted)
        {
            throw new InvalidOperationException($"the feed failed: {state.Failure}", feed.Exception);
        }
    }

    private static async Task<long> StoredIn(NatsConnection connection, ImmutableArray<AccountName> accounts)
    {
        var jetStream = new NatsJSContext(connection);
        long stored = 0;
        foreach (AccountName account in accounts)
        {
            INatsJSStream stream = await jetStream.GetStreamAsync(AccountStream.NameOf(account));
            stored += stream.Info.State.Messages;
        }

        return stored;
    }
}
