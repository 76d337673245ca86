using System.Globalization;
using System.Runtime.InteropServices;
using Oms.Domain.Accounts;
using Oms.Domain.Configuration;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Domain.Text;
using Oms.FastPath;
using Oms.Journal;
using Oms.SharedMemory.Regions;
using Oms.SharedMemory.Rings;
using Oms.SharedMemory.Tables;

namespace Oms.Bench.Publish;

/// <summary>
/// What a FastPath would leave behind and show: a log, its tables, and the ring of its events. Accounts take turns; of
/// each, orders, fills and positions follow one another.
/// </summary>
internal sealed unsafe class PlayedDesk : IDisposable
{
    public const string Exchange = "bench";

    private const int RingBytes = 1 << 24;
    private const long HeadBytes = 64L << 20;
    private const int ReportsPerOrder = 3;
    private const nuint PageBytes = 4096;

    private static readonly AssetId Coin = new(1);
    private static readonly AssetId Dollar = new(2);
    private static readonly InstrumentId Instrument = new(1);

    private readonly int _accounts;
    private readonly void* _memory;
    private readonly LogCopier _copier;
    private readonly CopierThread _thread;
    private readonly LogWriter _writer;
    private readonly RingWriter _ring;
    private readonly List<IDisposable> _tables = [];
    private readonly long _unixNanos = new DateTimeOffset(2026, 1, 31, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds()
        * 1_000_000_000;

    public PlayedDesk(string folder, int accounts)
    {
        _accounts = accounts;
        Data = new(Path.Combine(folder, "data"));
        _ = Directory.CreateDirectory(Data.Path);
        Region = SharedRegion.ForDataFolder(Data.Path);
        long lengthBytes = LogHead.LengthFor(HeadBytes);
        _memory = NativeMemory.AlignedAlloc((nuint)lengthBytes, PageBytes);
        NativeMemory.Clear(_memory, (nuint)lengthBytes);
        var head = new LogHead((nint)_memory, lengthBytes, "memory");
        LogTail tail = LogRecovery.Recover(Data.Log, head, default, static _ => { });
        var settings = new LogSettings { SyncInterval = LogSettings.SyncIntervalOfMemory };
        _copier = LogCopier.Open(Data.Log, head, tail, settings, TimeProvider.System);
        _thread = CopierThread.Start(_copier, Domain.Configuration.Durability.Memory, null);
        _writer = new LogWriter(head, tail.End);
        WriteTables();
        string ring = Region.RingPath(RingTopology.SiloEvents);
        RingFile.CreateIfAbsent(ring, RingBytes, incarnation: 1);
        _ring = RingWriter.Attach(ring);
    }

    public DataFolder Data { get; }

    public SharedRegion Region { get; }

    /// <summary>Events so far, which is the number of the last.</summary>
    public long LogSequence { get; private set; }

    public static AccountName AccountOf(int number) =>
        new(Exchange, string.Create(CultureInfo.InvariantCulture, $"account_{number}"));

    /// <summary>Events that are in the log only: a reader finds them there.</summary>
    public void Prepare(long events)
    {
        for (long count = 0; count < events; count++)
        {
            Append(isLive: false);
        }

        Commit();
        while (_writer.DurablePosition < _writer.End.Position)
        {
            Thread.Yield();
        }

        Announce();
    }

    /// <summary>The next event: in the log and on the ring, as soon as this is committed.</summary>
    public void Append() => Append(isLive: true);

    public void Commit() => _writer.Commit();

    /// <summary>Tells the number of the last event, and that the writer lives.</summary>
    public void Announce()
    {
        var tick = new Tick { Header = MessageHeader.For<Tick>() with { LogSequence = LogSequence } };
        _ = _ring.Offer(in tick);
        _ring.Beat();
    }

    public void Dispose()
    {
        _thread.Dispose();
        _copier.Dispose();
        NativeMemory.AlignedFree(_memory);
        _ring.Dispose();
        foreach (IDisposable table in _tables)
        {
            table.Dispose();
        }

        Region.Delete();
    }

    private void Append(bool isLive)
    {
        while (!_writer.HasRoomFor(1 << 12))
        {
            _writer.Commit();
            Thread.Yield();
        }

        long number = LogSequence++;
        var account = new AccountId((uint)(number % _accounts) + 1);
        long sequence = (number / _accounts) + 1;
        MessageHeader HeaderOf<TMessage>()
            where TMessage : unmanaged, IMessage => MessageHeader.For<TMessage>(account) with
            {
                LogSequence = LogSequence,
                AccountSequence = sequence,
                UnixNanos = _unixNanos + LogSequence,
            };
        if (sequence % ReportsPerOrder == 0)
        {
            PositionChanged position = PositionOf(HeaderOf<PositionChanged>());
            Append(MessageBytes.Of(in position), isLive);
        }
        else
        {
            ExecutionReport report = ReportOf(HeaderOf<ExecutionReport>(), sequence % ReportsPerOrder == 2);
            Append(MessageBytes.Of(in report), isLive);
        }
    }

    private void Append(ReadOnlySpan<byte> message, bool isLive)
    {
        _writer.Append(message);
        if (isLive)
        {
            // A full ring loses nothing: the log has it.
            _ = _ring.Offer(message);
        }
    }

    private static ExecutionReport ReportOf(MessageHeader header, bool isTrade)
    {
        _ = ClientOrderId.TryParse(
            string.Create(CultureInfo.InvariantCulture, $"order-{header.AccountSequence}"), out ClientOrderId id);
        return new()
        {
            Header = header,
            OrderId = OrderId.Of(1, 1, header.LogSequence),
            ClientOrderId = id,
            InstrumentId = Instrument,
            Terms = new()
            {
                Side = Side.Buy,
                Type = OrderType.Limit,
                TimeInForce = TimeInForce.GoodTillCancel,
                Price = 4_200_050,
                Quantity = 1_000,
            },
            Status = isTrade ? OrderStatus.Filled : OrderStatus.New,
            ExecutionType = isTrade ? ExecutionType.Trade : ExecutionType.New,
            IsMaker = 1,
            Origin = OrderOrigin.Client,
            RejectReason = RejectReason.None,
            CumulativeQuantity = isTrade ? 1_000 : 0,
            CumulativeNotional = isTrade ? 42_000_500_000 : 0,
            LastPrice = isTrade ? 4_200_050 : 0,
            LastQuantity = isTrade ? 1_000 : 0,
            Fee = isTrade ? 1_000 : 0,
            FeeAssetId = isTrade ? Coin : AssetId.None,
            ExchangeErrorCode = 0,
            TradeId = isTrade ? header.LogSequence : 0,
            ExchangeOrderId = header.LogSequence,
            CorrelationId = 0,
            ExchangeUnixNanos = header.UnixNanos,
            Stages = default,
            ReplyReceived = 0,
        };
    }

    private static PositionChanged PositionOf(MessageHeader header) => new()
    {
        Header = header,
        InstrumentId = Instrument,
        PositionSide = PositionSide.Both,
        Quantity = header.AccountSequence * 1_000_000,
        OpenNotional = header.AccountSequence * 42_000_500_000,
        RealizedPnl = -1,
        QuoteFees = 0,
        BaseFees = 1_000,
        Funding = 0,
    };

    private void WriteTables()
    {
        StateTable<AssetDefined> assets = Table<AssetDefined>(StateTables.Assets, 2);
        foreach ((AssetId id, string name) in new[] { (Coin, "BTC"), (Dollar, "USDT") })
        {
            var asset = new AssetDefined
            {
                Header = MessageHeader.For<AssetDefined>(), AssetId = id, Decimals = 8, Name = Text16.Of(name),
            };
            assets.Write((int)id.Value - 1, in asset);
        }

        StateTable<AccountDefined> accounts = Table<AccountDefined>(StateTables.Accounts, _accounts);
        for (int number = 0; number < _accounts; number++)
        {
            var account = new AccountDefined
            {
                Header = MessageHeader.For<AccountDefined>(new AccountId((uint)number + 1)),
                Name = Text64.Of(AccountOf(number).ToString()),
                Exchange = Text16.Of(Exchange),
                Connector = 0,
                Markets = MarketFlags.Spot,
                OwnerGroup = 0,
            };
            accounts.Write(number, in account);
        }

        var instrument = new InstrumentDefined
        {
            Header = MessageHeader.For<InstrumentDefined>(),
            InstrumentId = Instrument,
            BaseAssetId = Coin,
            QuoteAssetId = Dollar,
            Market = Market.Spot,
            PriceDecimals = 2,
            QuantityDecimals = 5,
            IsMatchedHere = 0,
            Exchange = Text16.Of(Exchange),
            Symbol = Text32.Of("BTC/USDT"),
            ExchangeSymbol = Text32.Of("BTCUSDT"),
        };
        Table<InstrumentDefined>(StateTables.Instruments, 1).Write(0, in instrument);
        _ = Table<AccountGateChanged>(StateTables.Gates, _accounts);
    }

    private StateTable<TRow> Table<TRow>(string name, int rows)
        where TRow : unmanaged, IMessage
    {
        var table = StateTable<TRow>.OpenWriter(Region, name, rows);
        _tables.Add(table);
        return table;
    }
}
