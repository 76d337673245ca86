using Oms.Domain.Accounts;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Domain.Text;
using Oms.SharedMemory.Rings;
using Oms.SharedMemory.Tables;
using Oms.Testing;

namespace Oms.Silo.Tests;

/// <summary>
/// Plays FastPath: writes its log, its ring of events and its tables. The events are a made-up story, in
/// which each sequence of an account decides what happens; so a reader can check every one of them.
/// </summary>
internal sealed class PlayedFastPath : IDisposable
{
    public const int RingBytes = 65536;
    public const int KindsOfEvents = 5;
    public static readonly AccountId MainId = new(1);
    public static readonly AccountId SubId = new(2);

    // 2026-01-31, half a minute before midnight: the story goes on over it.
    public const long StartUnixNanos = 1_769_903_970_000_000_000;

    private static readonly AssetId Btc = new(1);
    private static readonly AssetId Usdt = new(2);
    private static readonly InstrumentId BtcUsdt = new(1);

    private readonly FolderLog _log;
    private readonly RingWriter? _ring;
    private readonly List<IDisposable> _tables = [];
    private readonly Dictionary<AccountId, long> _accountSequences = [];
    private long _logSequence;

    private PlayedFastPath(Deployment deployment, bool withRing)
    {
        _log = new(deployment.Data.Log, segmentBytes: 1 << 20);
        WriteTables(deployment);
        if (withRing)
        {
            string path = deployment.Region.RingPath(RingTopology.SiloEvents);
            RingFile.CreateIfAbsent(
                deployment.Region.RingPath(RingTopology.SiloCommands), RingBytes, incarnation: 1);
            RingFile.CreateIfAbsent(path, RingBytes, incarnation: 1);
            _ring = RingWriter.Attach(path);
        }
    }

    public long LastLogSequence => _logSequence;

    public static PlayedFastPath Start(Deployment deployment) => new(deployment, withRing: true);

    public long LastSequenceOf(AccountId account) => _accountSequences.GetValueOrDefault(account);

    /// <summary>
    /// Events of both accounts in turn: logged first, then offered to the ring, which may be full.
    /// </summary>
    public void Write(int count)
    {
        for (int written = 0; written < count; written++)
        {
            AccountId account = written % 3 == 0 ? MainId : SubId;
            byte[] message = Next(account);
            _log.Append(message);
            _log.Commit();
            _ = _ring?.Offer(message);
        }

        Announce();
    }

    /// <summary>Tells the number of the last event, and that the writer lives.</summary>
    public void Announce()
    {
        var tick = new Tick { Header = MessageHeader.For<Tick>() with { LogSequence = _logSequence } };
        _ = _ring?.Offer(in tick);
        _ring?.Beat();
    }

    /// <summary>Makes the account's next event.</summary>
    public byte[] Next(AccountId account)
    {
        long sequence = LastSequenceOf(account) + 1;
        _accountSequences[account] = sequence;
        _logSequence++;
        return (sequence % KindsOfEvents) switch
        {
            0 => Bytes(new AccountGateChanged
            {
                Header = Header<AccountGateChanged>(account, sequence),
                Gate = AccountGate.Ready,
                Reason = GateReason.EvidenceComplete,
                ReconciledUnixNanos = 0,
            }),
            1 => Bytes(Report(account, sequence, ExecutionType.New)),
            2 => Bytes(Report(account, sequence, ExecutionType.Trade)),
            3 => Bytes(Balance(account, sequence)),
            _ => Bytes(Position(account, sequence)),
        };
    }

    public void Dispose()
    {
        _log.Dispose();
        _ring?.Dispose();
        foreach (IDisposable table in _tables)
        {
            table.Dispose();
        }
    }

    private static byte[] Bytes<TMessage>(TMessage message)
        where TMessage : unmanaged, IMessage => MessageBytes.Of(in message).ToArray();

    private MessageHeader Header<TMessage>(AccountId account, long sequence)
        where TMessage : unmanaged, IMessage => MessageHeader.For<TMessage>(account) with
        {
            LogSequence = _logSequence,
            AccountSequence = sequence,
            UnixNanos = StartUnixNanos + (_logSequence * 10_000_000),
        };

    private ExecutionReport Report(AccountId account, long sequence, ExecutionType type)
    {
        Assert.True(ClientOrderId.TryParse($"order-{sequence}", out ClientOrderId clientOrderId));
        return new()
        {
            Header = Header<ExecutionReport>(account, sequence),
            OrderId = OrderId.Of(1, 1, sequence),
            ClientOrderId = clientOrderId,
            InstrumentId = BtcUsdt,
            Terms = new OrderTerms
            {
                Side = Side.Buy,
                Type = OrderType.Limit,
                TimeInForce = TimeInForce.GoodTillCancel,
                Price = 4_200_050,
                Quantity = 1_000,
            },
            Status = type == ExecutionType.Trade ? OrderStatus.Filled : OrderStatus.New,
            ExecutionType = type,
            IsMaker = 1,
            Origin = OrderOrigin.Client,
            RejectReason = RejectReason.None,
            CumulativeQuantity = type == ExecutionType.Trade ? 1_000 : 0,
            CumulativeNotional = type == ExecutionType.Trade ? 42_000_500_000 : 0,
            LastPrice = type == ExecutionType.Trade ? 4_200_050 : 0,
            LastQuantity = type == ExecutionType.Trade ? 1_000 : 0,
            Fee = type == ExecutionType.Trade ? 1_000 : 0,
            FeeAssetId = type == ExecutionType.Trade ? Btc : AssetId.None,
            ExchangeErrorCode = 0,
            TradeId = type == ExecutionType.Trade ? 7_000 + sequence : 0,
            ExchangeOrderId = 9_000 + sequence,
            CorrelationId = 0,
            ExchangeUnixNanos = StartUnixNanos,
            Stages = default,
            ReplyReceived = 0,
        };
    }

    private BalanceChanged Balance(AccountId account, long sequence) => new()
    {
        Header = Header<BalanceChanged>(account, sequence),
        AssetId = Usdt,
        Wallet = Market.Spot,
        Change = BalanceChange.Filled,
        Free = sequence * 100_000_000,
        ReservedAmount = 1,
        InTransit = 0,
        OrderId = OrderId.None,
    };

    private PositionChanged Position(AccountId account, long sequence) => new()
    {
        Header = Header<PositionChanged>(account, sequence),
        InstrumentId = BtcUsdt,
        PositionSide = PositionSide.Both,
        Quantity = -sequence * 100_000_000,
        OpenNotional = 5,
        RealizedPnl = -1,
        QuoteFees = 0,
        BaseFees = 1_000,
        Funding = 0,
    };

    private void WriteTables(Deployment deployment)
    {
        StateTable<AssetDefined> assets = Table<AssetDefined>(deployment, StateTables.Assets);
        foreach ((AssetId id, string name) in new[] { (Btc, "BTC"), (Usdt, "USDT") })
        {
            var asset = new AssetDefined
            {
                Header = MessageHeader.For<AssetDefined>(),
                AssetId = id,
                Decimals = 8,
                Name = Text16.Of(name),
            };
            assets.Write((int)id.Value - 1, in asset);
        }

        StateTable<AccountDefined> accounts = Table<AccountDefined>(deployment, StateTables.Accounts);
        foreach ((AccountId id, AccountName name) in
            new[] { (MainId, Deployment.Main), (SubId, Deployment.Sub) })
        {
            var account = new AccountDefined
            {
                Header = MessageHeader.For<AccountDefined>(id),
                Name = Text64.Of(name.ToString()),
                Exchange = Text16.Of(name.Exchange),
                Connector = 0,
                Markets = MarketFlags.Spot,
                OwnerGroup = 0,
            };
            accounts.Write((int)id.Value - 1, in account);
        }

        var instrument = new InstrumentDefined
        {
            Header = MessageHeader.For<InstrumentDefined>(),
            InstrumentId = BtcUsdt,
            BaseAssetId = Btc,
            QuoteAssetId = Usdt,
            Market = Market.Spot,
            PriceDecimals = 2,
            QuantityDecimals = 5,
            IsMatchedHere = 0,
            Exchange = Text16.Of("binance"),
            Symbol = Text32.Of("BTC/USDT"),
            ExchangeSymbol = Text32.Of("BTCUSDT"),
        };
        Table<InstrumentDefined>(deployment, StateTables.Instruments).Write(0, in instrument);
        _ = Table<AccountGateChanged>(deployment, StateTables.Gates);
    }

    private StateTable<TRow> Table<TRow>(Deployment deployment, string name)
        where TRow : unmanaged, IMessage
    {
        var table = StateTable<TRow>.OpenWriter(deployment.Region, name, rowsMax: 8);
        _tables.Add(table);
        return table;
    }
}
