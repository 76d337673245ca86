using System.Collections.Frozen;
using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Oms.Domain.Configuration;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Time;
using Oms.Keys;
using Oms.SharedMemory.Regions;
using Oms.SharedMemory.Rings;

namespace Oms.Connectors;

/// <summary>One session of a connector process, from reaching the exchanges to whatever ends it.</summary>
internal sealed class ConnectorProcess(
    SharedRegion region, ushort connector, IdlePolicy idlePolicy, ExchangeKeys keys, ConnectorHealth health,
    TimeProvider time, ILoggerFactory loggers)
{
    private readonly ILogger _logger = loggers.CreateLogger<ConnectorProcess>();

    /// <summary>Runs until something ends it, and throws that.</summary>
    /// <exception cref="RegionRebuiltException">FastPath's region is another one now.</exception>
    public async Task Run(ImmutableArray<ConnectorDefinitions> definitions)
    {
        var park = new RingPark();
        var queue = new ReportQueue(park);
        ImmutableArray<ExchangeSession> exchanges =
            [.. definitions.Select(each => new ExchangeSession(each, queue, health, time, loggers))];
        var filters = new List<InstrumentFilters>();
        foreach (ExchangeSession exchange in exchanges)
        {
            filters.AddRange(await exchange.WaitForFilters());
        }

        using RingReader requests =
            RingReader.Attach(region.RingPath(RingTopology.ConnectorRequests(connector)));
        using RingWriter reports =
            RingWriter.Attach(region.RingPath(RingTopology.ConnectorReports(connector)));
        park.Watch(requests);
        using var stop = new CancellationTokenSource();
        var failure = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var work = new InFlightWork(failure, stop.Token);

        // What FastPath asked of an earlier session, that session did or did not do: evidence tells.
        requests.DiscardAll();
        long session = UnixNanos.Of(time.GetUtcNow()).Value;
        await Announce(session, filters, queue);
        var budgets = new BudgetBoard(region, connector, time);
        var books = new BookBoard(region, connector, time);
        FrozenDictionary<AccountId, AccountSession> accounts = exchanges
            .SelectMany(exchange => exchange.Start(session, keys, budgets, books, work)).ToFrozenDictionary();
        work.StartForLife(budgets.Run);
        work.StartForLife(books.Run);
        work.StartForLife(new KeyWatch(
            exchanges.SelectMany(exchange => exchange.KeyUses), keys, queue, health, work, time, _logger).Run);
        Log.SessionStarts(_logger, connector, session, accounts.Count);
        var ringThread = new RingThread(
            region, connector, requests, reports, new RequestRouter(session, accounts, _logger), queue,
            [.. exchanges.SelectMany(exchange => exchange.Tops)], health, time);
        Thread thread = Start(ringThread, park, failure, stop.Token);
        try
        {
            await failure.Task;
        }
        finally
        {
            await stop.CancelAsync();
            thread.Join();
        }
    }

    /// <summary>The first reports of a session: what may be traded, then that it began.</summary>
    private async Task Announce(long session, List<InstrumentFilters> filters, ReportQueue queue)
    {
        foreach (InstrumentFilters each in filters)
        {
            await queue.Write(each, CancellationToken.None);
        }

        await queue.Write(
            new SessionStarted
            {
                Header = MessageHeader.For<SessionStarted>(),
                Session = session,
                Connector = connector,
            },
            CancellationToken.None);
    }

    private Thread Start(
        RingThread ringThread, RingPark park, TaskCompletionSource failure, CancellationToken cancellation)
    {
        var thread = new Thread(() =>
        {
            try
            {
                ringThread.RunUntil(new BackoffIdleStrategy(idlePolicy, park: park), cancellation);
            }
#pragma warning disable CA1031 // The top of the thread: whatever it is, the process says so and ends.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                _ = failure.TrySetException(exception);
            }
        })
        {
            Name = "rings",
            IsBackground = true,
        };
        thread.Start();
        return thread;
    }
}
