using System.Globalization;
using Oms.Domain.Accounts;
using Oms.Domain.Configuration;
using Oms.Domain.Ids;
using Oms.Domain.Orders;
using Oms.Domain.Time;
using Oms.SharedMemory.Regions;
using Oms.SharedMemory.Rings;
using Oms.Simulation.Exchange;

namespace Oms.Simulation.World;

/// <summary>
/// One run: FastPath, gateway, connector and exchange on one thread and one virtual clock. Everything that happens is
/// drawn from the seed.
/// </summary>
internal sealed class SimulatedRun : IDisposable
{
    private const int SettleStepsMax = 10_000;
    private const int BriskSteps = 4_000;

    private static int _folders;

    private readonly Dice _dice;
    private readonly VirtualTime _time = new();
    private readonly Trace _trace;
    private readonly Death _death = new();
    private readonly FaultyDisk _disk;
    private readonly Network _network;
    private readonly Line _line;
    private readonly Clients _clients;
    private readonly TransferClients _transferClients;
    private readonly Connector _connector;
    private readonly Gateway _gateway;
    private readonly Checkers _checkers;
    private SharedRegion _region;
    private long _connectorStallsUntil;
    private long _gatewayStallsUntil;

    /// <param name="setting">Null for one that is drawn.</param>
    /// <param name="output">Where the steps are told; null for nowhere.</param>
    /// <param name="desk">What is traded; null for what the seed says.</param>
    public SimulatedRun(ulong seed, Setting? setting = null, TextWriter? output = null, Desk? desk = null)
    {
        Seed = seed;
        _dice = new Dice(seed);
        Setting = setting ?? Setting.Drawn(_dice, desk ?? Desk.Of(seed));
        _trace = new Trace(output, _time);
        string number = (++_folders).ToString(CultureInfo.InvariantCulture);
        Data = new DataFolder($"/dev/shm/oms-simulation-{Environment.ProcessId}-{number}");
        _ = Directory.CreateDirectory(Data.Path);
        _region = SharedRegion.ForDataFolder(Data.Path);
        _disk = new FaultyDisk(_dice, _time, _death, Tally);
        _network = new Network(_time);
        _line = new Line(_network, _dice, Tally);
        Exchange = new SimulatedExchange(Setting.Desk, _dice, _trace);
        Transfers = new ExchangeTransfers(Exchange, _time, _network, _dice, _trace, Tally);
        _transferClients = new TransferClients(Setting.Desk, _dice, _time, _trace, Tally, History);
        _clients = new Clients(Setting.Desk, _dice, _time, _trace, Tally, Exchange, History);
        _connector = new Connector(
            Setting.Desk, _time, _dice, _trace, Tally, _network, _line, Exchange, Transfers, History);
        _gateway = new Gateway(_time, _trace, Tally, History, Hear, Setting.IsDiskDurable);
        SystemConfiguration configuration = Configurations.Of(Setting);
        FastPath = new FastPathProcess(_time, _trace, Tally, _death, _disk, configuration, Data);
        _checkers = new Checkers(this, _dice);
        Exchange.Changed = (order, fill) => LineOf(order.Account)?.Hear(order, fill);
        Exchange.Funded = payment => LineOf(payment.Account)?.Hear(payment);
        Transfers.Moved = moved => LineOf(moved.Header.AccountId)?.Hear(moved);
    }

    public ulong Seed { get; }

    public Setting Setting { get; }

    public Tally Tally { get; } = new();

    public History History { get; } = new();

    public SimulatedExchange Exchange { get; }

    public ExchangeTransfers Transfers { get; }

    public DataFolder Data { get; }

    public FastPathProcess FastPath { get; }

    public int Step => _trace.Step;

    /// <summary>Over all that happened.</summary>
    public ulong Hash => _trace.Hash;

    /// <summary>Plays the run to its end.</summary>
    /// <exception cref="RunFailedException">An invariant does not hold, or the OMS failed.</exception>
    public void Play()
    {
        try
        {
            PlayAll();
        }
        catch (Exception problem) when (problem is not RunFailedException)
        {
            throw new RunFailedException(Seed, Step, problem);
        }
    }

    public void Dispose()
    {
        FastPath.Close();
        _connector.Dispose();
        _gateway.Dispose();
        _region.Delete();
        Directory.Delete(Data.Path, recursive: true);
    }

    private void PlayAll()
    {
        _trace.Say($"{Setting}");
        Exchange.Begin();
        StartAll();
        (_line.Dropped, _line.Duplicated, _line.Delayed) = (Setting.Dropped, Setting.Duplicated, Setting.Delayed);
        _connector.Refused = Setting.Refused;
        Transfers.Late = Setting.Delayed * 3;
        for (int step = 0; step < Setting.Steps; step++)
        {
            Advance(_dice.Chance(20)
                ? _dice.Between(50, 400) * UnixNanos.PerMillisecond
                : _dice.Between(50_000, 6_000_000));
            TakeTurn();
            Ask();
            Fail();
            _checkers.AtStep();
        }

        Settle("faults stop", _clients.ResumeAll());
        _checkers.AtRest();
        FurtherRound();
        EndAll();
        _checkers.AtEnd();
    }

    private void Advance(long nanos)
    {
        _trace.Step++;
        int day = _time.GetUtcNow().Day;
        _time.Advance(nanos);
        if (_time.GetUtcNow().Day != day)
        {
            Tally.Add("midnight");
        }
    }

    private void StartAll()
    {
        if (!FastPath.IsUp)
        {
            FastPath.Start(_region);
        }

        if (!_connector.IsUp && AreRingsThere())
        {
            _connector.Start(_region);
        }

        if (!_gateway.IsUp && AreRingsThere())
        {
            _gateway.Start(_region, Data);
        }
    }

    private bool AreRingsThere() =>
        RingTopology.Of(1, 0).All(ring => File.Exists(_region.RingPath(ring.Name)));

    private void TakeTurn()
    {
        switch (_dice.Below(100))
        {
            case < 30 when FastPath.IsUp:
                FastPath.TurnDutyCycle();
                break;
            case < 45 when FastPath.IsUp:
                FastPath.TurnCopier();
                break;
            case < 62 when _time.Ticks >= _connectorStallsUntil:
                _connector.Turn();
                break;
            case < 74 when _time.Ticks >= _gatewayStallsUntil:
                _gateway.Turn();
                break;
            default:
                _ = _network.Deliver();
                break;
        }
    }

    /// <summary>What clients, the market and somebody with a mouse do.</summary>
    private void Ask()
    {
        if (_gateway.IsUp && _dice.Chance(100))
        {
            _gateway.Offer(_clients.Next());
        }

        if (Setting.Desk.MovesMoney && _gateway.IsUp && _dice.Chance(25))
        {
            _gateway.Offer(_transferClients.Next());
        }

        if (_dice.Chance(40))
        {
            InstrumentId instrument = _dice.Pick(Setting.Desk.Listed);
            Exchange.MoveMarket(instrument);
            _connector.ReportMarket(instrument);
        }

        if (Setting.Desk.HasFutures)
        {
            MoveFutures();
        }

        if (_dice.Chance(6))
        {
            TradeByHand();
        }
    }

    private void MoveFutures()
    {
        if (_dice.Chance(3))
        {
            Tally.Add("funding");
            Exchange.Fund(Venue.Perpetual);
        }

        if (_dice.Chance(2) && Exchange.Liquidate(_dice.Pick(Setting.Desk.Routed), Venue.Perpetual, Step))
        {
            Tally.Add("liquidation");
        }
    }

    private void TradeByHand()
    {
        ExchangeOrder? open = Exchange.Open.FirstOrDefault(order => order.IsExternal);
        if (open is not null && _dice.Chance(400))
        {
            _ = Exchange.Cancel(open);
            return;
        }

        InstrumentId instrument = _dice.Pick(Setting.Desk.Listed);
        Tally.Add("order placed by hand");
        _ = Exchange.Place(
            Venue.Wild,
            OrderId.None,
            instrument,
            _clients.Terms(instrument, _dice.Chance(500) ? Side.Buy : Side.Sell, OrderType.Limit),
            Step,
            out _);
    }

    private void Fail()
    {
        if (FastPath.IsUp && !_death.IsArmed && _dice.Chance(Setting.FastPathDies))
        {
            _death.Arm((int)_dice.Between(1, _dice.Chance(500) ? 10 : 80));
        }

        if (_dice.Chance(Setting.ConnectorDies) && _connector.IsUp)
        {
            Tally.Add("connector died");
            _connector.Die();
        }

        if (_dice.Chance(Setting.GatewayDies) && _gateway.IsUp)
        {
            Tally.Add("gateway died");
            _gateway.Die();
        }

        if (_dice.Chance(Setting.StreamFails) && _connector.IsUp)
        {
            _connector.Account(_dice.Pick(Setting.Desk.Routed)).FailStream(_dice.Chance(500));
        }

        if (_dice.Chance(Setting.MachineDies))
        {
            LoseMachine();
        }

        FailDisk();
        FailClock();
        RestartWhatIsDown();
    }

    private void FailDisk()
    {
        if (_dice.Chance(Setting.DiskFails))
        {
            if (_dice.Chance(500))
            {
                _trace.Say("disk full");
                _disk.FillFor(_dice.Between(100, 4_000) * UnixNanos.PerMillisecond);
            }
            else
            {
                _disk.FailSyncs((int)_dice.Between(1, 3));
            }
        }

        if (FastPath.IsUp && _dice.Chance(4) && Directory.Exists(Data.Log))
        {
            FastPath.Snapshot(_region);
        }
    }

    private void FailClock()
    {
        if (_dice.Chance(Setting.ClockSteps))
        {
            long seconds = _dice.Between(-30, 60);
            Tally.Add(seconds < 0 ? "clock put back" : "clock put forward");
            _trace.Say($"clock put by {seconds} s");
            _time.StepWall(seconds * UnixNanos.PerSecond);
        }

        if (_dice.Chance(Setting.PeerStalls))
        {
            long until = _time.Ticks + (_dice.Between(1_000, 3_500) * UnixNanos.PerMillisecond);
            bool isConnector = _dice.Chance(700);
            Tally.Add(isConnector ? "connector stalled" : "gateway stalled");
            (_connectorStallsUntil, _gatewayStallsUntil) =
                isConnector ? (until, _gatewayStallsUntil) : (_connectorStallsUntil, until);
        }
    }

    private void RestartWhatIsDown()
    {
        if (!FastPath.IsUp && _dice.Chance(40))
        {
            if (_dice.Chance(Setting.FastPathDies * 20))
            {
                _death.Arm((int)_dice.Between(1, 120));
            }

            FastPath.Start(_region);
        }

        if (!_connector.IsUp && _dice.Chance(30) && AreRingsThere())
        {
            _connector.Start(_region);
        }

        if (!_gateway.IsUp && _dice.Chance(60) && AreRingsThere())
        {
            _gateway.Start(_region, Data);
        }
    }

    /// <summary>Every process is gone, and all memory; the disk has what it has.</summary>
    private void LoseMachine()
    {
        _trace.Say("the machine dies");
        Tally.Add("machine died");
        FastPath.Close();
        if (_connector.IsUp)
        {
            _connector.Die();
        }

        if (_gateway.IsUp)
        {
            _gateway.Die();
        }

        _region.Delete();
        _disk.LosePower();
        _region = SharedRegion.ForDataFolder(Data.Path);
        Advance(_dice.Between(100, 3_000) * UnixNanos.PerMillisecond);
    }

    /// <summary>What hears the private stream of an account; null while nobody does.</summary>
    private AccountLine? LineOf(AccountId account) => _connector.IsUp ? _connector.Account(account) : null;

    /// <summary>What the OMS says to its clients.</summary>
    private void Hear(byte[] said)
    {
        _clients.Hear(said);
        _transferClients.Hear(said);
    }

    /// <summary>Nothing fails any more; returns when nothing happens any more.</summary>
    /// <param name="commands">That are to be carried out first.</param>
    private void Settle(string why, IEnumerable<byte[]> commands)
    {
        _trace.Say(why);
        (_line.Dropped, _line.Duplicated, _line.Delayed) = (0, 0, 0);
        (_connector.Refused, Transfers.Late) = (0, 0);
        _disk.Heal();
        _death.Disarm();
        (_connectorStallsUntil, _gatewayStallsUntil) = (0, 0);
        StartAll();
        foreach (byte[] command in commands)
        {
            _gateway.Offer(command);
        }

        for (int step = 0; step < SettleStepsMax; step++)
        {
            // What has to wait for seconds comes soon too; and rest is not looked for only when time ticks.
            (int milliseconds, int stepsPerLook) = step < BriskSteps ? (2, 50) : (20, 7);
            Advance(milliseconds * UnixNanos.PerMillisecond);
            TurnAll();
            if (step % stepsPerLook == stepsPerLook - 1 && UnderWay() is null)
            {
                return;
            }

            // What differs, and halted an account, somebody looks at, and lets it go.
            foreach (byte[] resume in step % 200 == 199 ? _clients.ResumeDifferences() : [])
            {
                _gateway.Offer(resume);
            }
        }

        throw new Violation("9 convergence", $"after {SettleStepsMax} calm steps: {UnderWay()}");
    }

    private void TurnAll()
    {
        StartAll();
        _ = _network.Deliver();
        _connector.Turn();
        FastPath.TurnDutyCycle();
        FastPath.TurnCopier();
        _gateway.Turn();
        _checkers.AtStep();
    }

    /// <summary>What keeps the run from rest; null for nothing.</summary>
    private string? UnderWay()
    {
        AccountLine? busy = _connector.Accounts.FirstOrDefault(account => !account.IsIdle);
        return Checks.Convergence.Difference(FastPath.Engine.State, Exchange)
            ?? (busy is not null ? $"the connector is busy with {busy}" : null)
            ?? (_connector.IsIdle ? null : "reports or requests wait")
            ?? (_network.Count == 0 ? null : $"{_network.Count} messages are on their way")
            ?? (FastPath.Engine.State.PendingHalts is [] ? null : "a halt is not confirmed")
            // It may halt an account that was let go although it had lost too much.
            ?? (FastPath.Engine.State.DueValuations is [] ? null : "a price is not valued")
            ?? (FastPath.Engine.View.IsLogBehind ? "the log is behind" : null)
            ?? (_gateway.IsIdle && IsEverythingHeard() ? null : "the gateway does not have every event");
    }

    /// <summary>Whether the gateway has every event of the log.</summary>
    private bool IsEverythingHeard() =>
        FastPath.Parts.Head.DurablePosition == FastPath.Parts.Head.CommittedPosition
        && _gateway.LastEvent == FastPath.Parts.Head.DurableLogSequence;

    private void FurtherRound()
    {
        int before = History.Events.Count;
        foreach (AccountId account in Setting.Desk.Routed)
        {
            _connector.Account(account).FailStream(isSilentFirst: false);
        }

        Settle("a further round", []);
        Checks.Convergence.CheckQuiet(History.Events.Skip(before));
    }

    /// <summary>Everything is halted, and so canceled; then nothing may be reserved.</summary>
    private void EndAll()
    {
        Settle(
            "everything is halted",
            Setting.Desk.Accounts.Select(account => Bytes.Of(_clients.Halt(account, isHalted: true))));
        for (int step = 0; step < SettleStepsMax && !IsHaltConfirmed(); step++)
        {
            Advance(2 * UnixNanos.PerMillisecond);
            TurnAll();
        }

        Violation.If(!IsHaltConfirmed(), "10 safety gates", "a halt is never confirmed");
        Settle("the end", []);
        History.NoteEnd(Step);
    }

    private bool IsHaltConfirmed() => FastPath.Engine.State.Accounts.All(account =>
        account.Halt == HaltState.Confirmed && account.Live.Count == 0);
}
