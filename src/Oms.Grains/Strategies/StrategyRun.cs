using System.Collections.Immutable;
using Oms.Domain.Accounts;
using Oms.Domain.Configuration;
using Oms.Domain.Messages;
using Oms.Domain.Time;
using Oms.SharedMemory.Regions;
using Oms.SharedMemory.Rings;
using Oms.SharedMemory.Tables;

namespace Oms.Grains.Strategies;

/// <summary>
/// A strategy at work: the one thread that reads its events and prices and writes its commands. It ends when it is
/// stopped, when the strategy fails, or when it missed an event: what it believes of its orders is not true any more.
/// </summary>
internal sealed class StrategyRun : IDisposable
{
    private const int EventsPerLookMax = 256;
    private static readonly TimeSpan CancelTimeout = TimeSpan.FromSeconds(2);

    private readonly StrategyBase _strategy;
    private readonly RingWriter _commands;
    private readonly RingReader _events;
    private readonly ListingDirectory _directory;
    private readonly StateTable<TopOfBook> _tops;
    private readonly StateTable<BalanceChanged> _balances;
    private readonly TimeProvider _time;
    private readonly BackoffIdleStrategy _idle;
    private readonly RequestBudgets _budgets;
    private readonly Thread _thread;
    private TopOfBook _top;
    private long _lastLogSequence;
    private bool _isEnding;
    private volatile bool _isStopping;
    private volatile string _problem = "";

    /// <exception cref="InvalidOperationException">FastPath does not know what it trades, or another process runs it.
    /// </exception>
    public StrategyRun(
        StrategyBase strategy, StrategyConfiguration configuration, int number, SharedRegion region, TimeProvider time)
    {
        _strategy = strategy;
        _time = time;
        _directory = new(region);
        _tops = StateTable<TopOfBook>.OpenReader(region, StateTables.TopsOfBook);
        _balances = StateTable<BalanceChanged>.OpenReader(region, StateTables.Balances);
        _budgets = new(region);
        InstrumentDefined instrument = InstrumentOf(configuration);
        ImmutableArray<AccountDefined> accounts = [.. configuration.Accounts.Select(AccountOf)];
        _commands = RingWriter.Attach(region.RingPath(RingTopology.StrategyCommands(number)), time);
        _events = RingReader.Attach(region.RingPath(RingTopology.StrategyEvents(number)), time);
        _events.DiscardAll();
        var park = new RingPark();
        park.Watch(_events);
        // Reports wake it; prices, which it looks at too, wake nobody.
        _idle = new(IdlePolicy.Backoff, BackoffIdleStrategy.ParkNanosMax, park);
        var route = new AccountRoute(configuration.Choice, accounts, instrument, _balances, _budgets, time);
        strategy.Desk = new(
            configuration, instrument, _commands, route, UnixNanos.Of(time.GetUtcNow()).Value);
        _thread = new(Run) { IsBackground = true, Name = $"strategy {configuration.Name}" };
    }

    public StrategyDesk Desk => _strategy.Desk;

    public bool IsRunning => _thread.IsAlive;

    /// <summary>Why it ended; empty while it runs, and when it was stopped.</summary>
    public string Problem => _problem;

    public void Start() => _thread.Start();

    /// <summary>Stops it, cancels its orders, and returns when the thread has ended.</summary>
    public void Dispose()
    {
        _isStopping = true;
        if (_thread.IsAlive)
        {
            _thread.Join();
        }

        _commands.Dispose();
        _events.Dispose();
        _directory.Dispose();
        _tops.Dispose();
        _balances.Dispose();
        _budgets.Dispose();
    }

    private void Run()
    {
        try
        {
            _strategy.OnStart();
            while (!_isStopping)
            {
                LookAround();
            }
        }
        catch (Exception failure) when (Note(failure))
        {
            // Said by whoever asks for the problem.
        }

        EndOrders();
    }

    private bool Note(Exception failure)
    {
        _problem = failure.Message;
        return true;
    }

    private void LookAround()
    {
        int work = ReadEvents() + ReadTop();
        _commands.Beat();
        _events.Beat();
        _idle.Idle(work);
    }

    /// <summary>Nothing of a strategy that ended stays at the market.</summary>
    private void EndOrders()
    {
        long begun = _time.GetTimestamp();
        try
        {
            _strategy.OnStop();
            // What it hears from now on would only make it quote again.
            _isEnding = true;
            while (Desk.Live.Count > 0 && _time.GetElapsedTime(begun) < CancelTimeout)
            {
                Desk.CancelAll();
                int work = ReadEvents();
                _commands.Beat();
                _events.Beat();
                _idle.Idle(work);
            }
        }
        catch (Exception failure) when (Note(failure))
        {
            // The orders that are left are FastPath's to show: `oms orders --open`.
        }
    }

    private int ReadEvents()
    {
        int work = 0;
        while (work < EventsPerLookMax && _events.TryRead(out ReadOnlySpan<byte> message))
        {
            work++;
            MessageHeader header = MessageBytes.Header(message);
            CheckGap(in header);
            if (header.Kind == MessageKind.ExecutionReport)
            {
                ref readonly ExecutionReport report = ref MessageBytes.As<ExecutionReport>(message);
                if (Desk.TryTake(in report) && !_isEnding)
                {
                    _strategy.OnReport(in report);
                }
            }
            else if (header.Kind == MessageKind.CancelRejected)
            {
                ref readonly CancelRejected rejected = ref MessageBytes.As<CancelRejected>(message);
                if (Desk.TryTake(in rejected) && !_isEnding)
                {
                    _strategy.OnCancelRejected(in rejected);
                }
            }
        }

        return work;
    }

    /// <summary>A tick tells the number of the last event, every other message its own.</summary>
    private void CheckGap(in MessageHeader header)
    {
        long expected = header.Kind == MessageKind.Tick ? _lastLogSequence : _lastLogSequence + 1;
        if (_lastLogSequence != 0 && header.LogSequence > expected)
        {
            _lastLogSequence = header.LogSequence;
            throw new InvalidOperationException($"events {expected} to {header.LogSequence} were missed");
        }

        _lastLogSequence = Math.Max(_lastLogSequence, header.LogSequence);
    }

    private int ReadTop()
    {
        int row = (int)Desk.Instrument.InstrumentId.Value - 1;
        if (!_tops.TryRead(row, out TopOfBook top) || top == _top)
        {
            return 0;
        }

        bool wasValid = _top.BidPrice > 0 && _top.AskPrice > 0;
        _top = top;
        if (top.BidPrice > 0 && top.AskPrice > 0)
        {
            _strategy.OnTop(in top);
        }
        else if (wasValid)
        {
            _strategy.OnBookLost();
        }

        return 1;
    }

    private InstrumentDefined InstrumentOf(StrategyConfiguration configuration) =>
        _directory.TryFindInstrument(
            configuration.Exchange, configuration.Market, configuration.Symbol, out InstrumentDefined instrument)
            ? instrument
            : throw new InvalidOperationException($"{configuration.Symbol} is not listed at {configuration.Exchange}");

    private AccountDefined AccountOf(AccountName name) =>
        _directory.TryFindAccount(name.ToString(), out AccountDefined account)
            ? account
            : throw new InvalidOperationException($"{name} is no account");
}
