using System.Collections.Frozen;
using Oms.Configuration;
using Oms.Domain.Configuration;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.FastPath.Publishing;
using Oms.FastPath.Recovery;
using Oms.Journal;
using Oms.SharedMemory.Counters;
using Oms.SharedMemory.Health;
using Oms.SharedMemory.Regions;
using Oms.SharedMemory.Rings;
using Oms.Testing;

namespace Oms.FastPath.Tests;

/// <summary>
/// The whole of FastPath in this process: rings, the log with its copier, the engine and the tables. Its duty cycle
/// is turned by hand, and what it allocates is counted.
/// </summary>
internal sealed class FastPathInProcess : IDisposable
{
    private const int HeadBytes = 32 << 20;

    private static readonly SystemConfiguration Shipped =
        ConfigurationFolder.Load(Path.Combine(AppContext.BaseDirectory, "configs"));

    private readonly TemporaryFolder _folder = new("core");
    private readonly SharedRegion _region;
    private readonly RingSet _rings;
    private readonly SharedBlock _block;
    private readonly LogWriter _log;
    private readonly LogCopier _copier;
    private readonly CopierThread _copierThread;
    private readonly StatePublisher _tables;
    private readonly CounterBoard _counters;
    private readonly HealthFile _health;
    private readonly DutyCycle _dutyCycle;
    private readonly RingWriter _commands;
    private readonly RingWriter _reports;
    private readonly RingReader _requests;
    private readonly RingReader _events;

    public FastPathInProcess()
    {
        SystemConfiguration configuration = WithHouse();
        var data = new DataFolder(_folder["data"]);
        _region = SharedRegion.ForDataFolder(data.Path);
        _health = HealthFile.Open(_region, "fastpath", "");
        var clock = new NeverBackClock(TimeProvider.System);
        _rings = RingSet.Open(_region, configuration, clock);
        _block = SharedBlock.Open(_region, SharedBlocks.LogHead, LogHead.LengthFor(HeadBytes));
        var head = new LogHead(_block.Start, _block.LengthBytes, _block.Path);
        var replay = new LogReplay(_rings.Identify());
        LogTail tail = LogRecovery.Recover(data.Log, head, default, replay.Visit);
        var settings = new LogSettings
        {
            SegmentBytes = LogSettings.SegmentBytesDefault, SyncInterval = LogSettings.SyncIntervalOfMemory,
        };
        _copier = LogCopier.Open(data.Log, head, tail, settings, TimeProvider.System);
        _copierThread = CopierThread.Start(_copier, Durability.Memory, coreToAvoid: null);
        _log = new LogWriter(head, tail.End);
        _tables = StatePublisher.Open(_region, configuration.Limits);
        _counters = CounterBoard.Open(_region, "fastpath");
        Engine = replay.Engine;
        _dutyCycle = new(
            Engine, _log, new LogPressure(_log, _copier), _rings, _tables, clock, new DutyMeter(_counters), _health,
            static () => Thread.Yield());
        _dutyCycle.Resume(replay);
        _dutyCycle.Define(configuration);
        _dutyCycle.Start();
        Assert.True(SpinWait.SpinUntil(() => _log.WaitingBytes == 0, TimeSpan.FromSeconds(60)));
        _commands = RingWriter.Attach(_region.RingPath(RingTopology.GatewayCommands));
        _reports = RingWriter.Attach(_region.RingPath(RingTopology.ConnectorReports(0)));
        _requests = RingReader.Attach(_region.RingPath(RingTopology.ConnectorRequests(0)));
        _events = RingReader.Attach(_region.RingPath(RingTopology.GatewayEvents));
    }

    public Engine.Engine Engine { get; }

    /// <summary>Bytes that turns of the duty cycle have allocated so far.</summary>
    public long AllocatedBytes { get; private set; }

    public AccountId Account(string name) =>
        Engine.View.Accounts.Single(account => account.Name.ToString() == name).Header.AccountId;

    public InstrumentDefined Instrument(string symbol) =>
        Engine.View.Instruments.Single(instrument => instrument.Symbol.ToString() == symbol);

    /// <summary>Offers a command, and turns the duty cycle until it is taken.</summary>
    public void Command<TMessage>(TMessage command)
        where TMessage : unmanaged, IMessage
    {
        Assert.Equal(OfferResult.Accepted, _commands.Offer(in command));
        Turn();
    }

    public void Report<TMessage>(TMessage report)
        where TMessage : unmanaged, IMessage
    {
        Assert.Equal(OfferResult.Accepted, _reports.Offer(in report));
        Turn();
    }

    /// <summary>The next request to the connector.</summary>
    public TMessage Request<TMessage>()
        where TMessage : unmanaged, IMessage
    {
        Assert.True(_requests.TryRead(out ReadOnlySpan<byte> request));
        Assert.Equal(TMessage.Kind, MessageBytes.Header(request).Kind);
        return MessageBytes.As<TMessage>(request);
    }


    public void Dispose()
    {
        _commands.Dispose();
        _reports.Dispose();
        _requests.Dispose();
        _events.Dispose();
        _copierThread.Dispose();
        _copier.Dispose();
        _counters.Dispose();
        _tables.Dispose();
        _rings.Dispose();
        _block.Dispose();
        _health.Dispose();
        _region.Delete();
        _folder.Dispose();
    }

    /// <summary>A quiet ring is looked at when it is its turn.</summary>
    private void Turn()
    {
        _commands.Beat();
        _reports.Beat();
        _events.Beat();
        if (_log.WaitingBytes > HeadBytes / 8)
        {
            // However slow the disk of this machine is: no order is refused for it.
            Assert.True(SpinWait.SpinUntil(() => _log.WaitingBytes == 0, TimeSpan.FromSeconds(60)));
        }

        int taken = 0;
        for (int turn = 0; turn < 2 * _rings.Inbound.Length && taken == 0; turn++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            taken = _dutyCycle.RunOnce();
            AllocatedBytes += GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(1, taken);
        _events.DiscardAll();
    }

    /// <summary>What is shipped, without limits on rate and age, and an exchange that is matched here.</summary>
    private static SystemConfiguration WithHouse() => Shipped with
    {
        Exchanges =
        [
            .. Shipped.Exchanges,
            Shipped.Exchanges[0] with
            {
                Name = "house",
                Kind = ExchangeConfiguration.InternalKind,
                Listings =
                [
                    Shipped.Exchanges[0].Listings[0] with
                    {
                        Symbol = "OMS/USDT", BaseAsset = "OMS", OpeningPrice = 100,
                    },
                ],
            },
        ],
        Accounts = [.. Shipped.Accounts, House("papa"), House("quebec")],
        Limits = Shipped.Limits with
        {
            AccountsMax = 16,
            InstrumentsMax = 16,
            OrdersHeldMax = 1_000,
            ReferencePriceAgeMaxMs = 3_600_000,
            AccountDefaults = new(),
        },
    };

    private static AccountConfiguration House(string name) => new()
    {
        Name = new("house", name),
        Type = AccountType.Main,
        Markets = MarketFlags.Spot,
        OwnerGroup = name,
        OpeningBalances =
            new Dictionary<string, decimal> { ["USDT"] = 1_000_000, ["OMS"] = 1_000_000 }.ToFrozenDictionary(),
    };
}
