using Oms.Domain.Configuration;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Domain.Text;
using Oms.Domain.Time;
using Oms.SharedMemory.Regions;
using Oms.SharedMemory.Rings;
using Oms.SharedMemory.Tables;
using Oms.Testing;

namespace Oms.Connectors.Tests;

/// <summary>
/// FastPath's side of the rings and tables, played by hand: sends requests and keeps every report.
/// </summary>
internal sealed class FastPathStandIn : IDisposable
{
    private const int RingBytes = 1 << 20;

    private readonly RingWriter _requests;
    private readonly RingReader _reports;
    private readonly StateTable<AccountDefined> _accounts;
    private readonly StateTable<AssetDefined> _assets;
    private readonly StateTable<InstrumentDefined> _instruments;
    private long _number;
    private long _evidenceId;

    public FastPathStandIn(string dataFolder, SystemConfiguration configuration, long incarnation = 1)
    {
        Region = SharedRegion.ForDataFolder(dataFolder);
        foreach (RingDefinition ring in RingTopology.Of(connectorCount: 1, strategyCount: 0))
        {
            RingFile.CreateIfAbsent(Region.RingPath(ring.Name), RingBytes, incarnation);
        }

        _requests = RingWriter.Attach(Region.RingPath(RingTopology.ConnectorRequests(0)));
        _reports = RingReader.Attach(Region.RingPath(RingTopology.ConnectorReports(0)));
        _accounts = StateTable<AccountDefined>.OpenWriter(Region, StateTables.Accounts, 16);
        _assets = StateTable<AssetDefined>.OpenWriter(Region, StateTables.Assets, 16);
        _instruments = StateTable<InstrumentDefined>.OpenWriter(Region, StateTables.Instruments, 16);
        Define(configuration);
    }

    public SharedRegion Region { get; }

    public static InstrumentId Bitcoin => new(1);

    /// <summary>The perpetual: prices at one decimal, quantities at three.</summary>
    public static InstrumentId Perpetual => new(3);

    /// <summary>Everything that the connector reported, in order.</summary>
    public List<byte[]> Reports { get; } = [];

    public long Session => All<SessionStarted>().Last().Session;

    public IEnumerable<TMessage> All<TMessage>()
        where TMessage : unmanaged, IMessage => Reports
            .Where(report => MessageBytes.Header(report).Kind == TMessage.Kind)
            .Select(report => MessageBytes.As<TMessage>(report));

    public IEnumerable<OrderSeen> Seen(OrderId order) =>
        All<OrderSeen>().Where(seen => seen.OrderId == order);

    public IEnumerable<TradeSeen> Trades(OrderId order) =>
        All<TradeSeen>().Where(seen => seen.OrderId == order);

    public int IndexOf<TMessage>(Func<TMessage, bool> matches)
        where TMessage : unmanaged, IMessage => Reports.FindIndex(report =>
            MessageBytes.Header(report).Kind == TMessage.Kind && matches(MessageBytes.As<TMessage>(report)));

    /// <summary>Reads reports until the condition holds.</summary>
    public Task Until(Func<bool> condition, double seconds = 20) => Eventually.True(
        () =>
        {
            Read();
            return condition();
        },
        TimeSpan.FromSeconds(seconds));

    public Task UntilUp(AccountId account) => Until(() =>
        All<StreamChanged>().LastOrDefault(
            changed => changed.Header.AccountId == account).State == StreamState.Up);

    public OrderId Submit(
        AccountId account, Side side, OrderType type, string price, string quantity,
        TimeInForce timeInForce = TimeInForce.GoodTillCancel, OrderFlags flags = OrderFlags.None)
    {
        OrderId id = NextOrderId();
        Offer(new SubmitOrder
        {
            Header = Request<SubmitOrder>(account),
            Session = Session,
            OrderId = id,
            InstrumentId = Bitcoin,
            Terms = new()
            {
                Side = side,
                Type = type,
                TimeInForce = timeInForce,
                Price = (long)(decimal.Parse(price) * 100),
                Quantity = (long)(decimal.Parse(quantity) * 100_000),
                Flags = flags,
            },
            Stamps = new() { RiskDecided = 1 },
        });
        return id;
    }

    public TransferId Transfer(AccountId from, AccountId to, long amount)
    {
        var id = TransferId.Of(0, 1, ++_number);
        Submit(id, from, to, amount);
        return id;
    }

    public void Submit(TransferId id, AccountId from, AccountId to, long amount) => Offer(new SubmitTransfer
    {
        Header = Request<SubmitTransfer>(from),
        Session = Session,
        TransferId = id,
        ToAccountId = to,
        AssetId = new(2),
        FromWallet = Market.Spot,
        ToWallet = Market.Spot,
        Hop = 1,
        Amount = amount,
    });

    public void Resolve(AccountId account, TransferId id) => Offer(new ResolveTransfer
    {
        Header = Request<ResolveTransfer>(account),
        Session = Session,
        TransferId = id,
        AskedUnixNanos = UnixNanos.Of(TimeProvider.System.GetUtcNow()).Value,
        Hop = 1,
    });

    public IEnumerable<TransferSeen> Seen(TransferId id) => All<TransferSeen>().Where(seen => seen.TransferId == id);

    /// <summary>An order of the perpetual.</summary>
    public OrderId SubmitFutures(
        AccountId account, Side side, OrderType type, long price, long quantity, OrderFlags flags = OrderFlags.None)
    {
        OrderId id = NextOrderId();
        Offer(new SubmitOrder
        {
            Header = Request<SubmitOrder>(account),
            Session = Session,
            OrderId = id,
            InstrumentId = Perpetual,
            Terms = new()
            {
                Side = side,
                Type = type,
                TimeInForce = TimeInForce.GoodTillCancel,
                Price = price,
                Quantity = quantity,
                Flags = flags,
            },
            Stamps = default,
        });
        return id;
    }

    public void Amend(
        AccountId account, OrderId order, Side side, long price, long quantity) => Offer(new SubmitAmend
    {
        Header = Request<SubmitAmend>(account),
        Session = Session,
        OrderId = order,
        ExchangeOrderId = Seen(order).First().ExchangeOrderId,
        InstrumentId = Perpetual,
        Terms = new() { Side = side, Type = OrderType.Limit, Price = price, Quantity = quantity },
    });

    public OrderId NextOrderId() => OrderId.Of(0, 1, ++_number);

    public void Cancel(
        AccountId account, OrderId order, InstrumentId? instrument = null) => Offer(new SubmitCancel
    {
        Header = Request<SubmitCancel>(account),
        Session = Session,
        OrderId = order,
        ExchangeOrderId = Seen(order).Select(seen => seen.ExchangeOrderId).FirstOrDefault(),
        InstrumentId = instrument ?? Bitcoin,
        Halt = 0,
    });

    /// <summary>The account is halted: all of its orders, which are these, are canceled.</summary>
    public void Halt(AccountId account, IEnumerable<OrderId> orders, InstrumentId instrument)
    {
        SubmitCancel[] cancels =
        [
            .. orders.Select(order => new SubmitCancel
            {
                Header = Request<SubmitCancel>(account),
                Session = Session,
                OrderId = order,
                ExchangeOrderId = Seen(order).First().ExchangeOrderId,
                InstrumentId = instrument,
                Halt = CancelHalt.EndsAll,
            }),
        ];
        foreach (SubmitCancel cancel in cancels)
        {
            Offer(cancel);
        }
    }

    public void Resolve(
        AccountId account, OrderId order, long evidenceId = 0, InstrumentId? instrument = null) =>
        Offer(new ResolveOrder
    {
        Header = Request<ResolveOrder>(account),
        Session = Session,
        OrderId = order,
        ExchangeOrderId = 0,
        InstrumentId = instrument ?? Bitcoin,
        IntentUnixNanos = UnixNanos.Of(TimeProvider.System.GetUtcNow()).Value,
        EvidenceId = evidenceId,
    });

    /// <summary>Asks for a round about these orders.</summary>
    public long Gather(AccountId account, params ReadOnlySpan<OrderId> orders) => Gather(account, false, orders);

    /// <param name="explain">Whether what orders from elsewhere filled is asked for too.</param>
    public long Gather(AccountId account, bool explain, params ReadOnlySpan<OrderId> orders)
    {
        long round = ++_evidenceId;
        foreach (OrderId order in orders)
        {
            Resolve(account, order, round);
        }

        Offer(new GatherEvidence
        {
            Header = Request<GatherEvidence>(account),
            Session = Session,
            EvidenceId = round,
            Explain = explain ? (byte)1 : (byte)0,
        });
        return round;
    }

    public void Offer<TMessage>(TMessage message)
        where TMessage : unmanaged, IMessage =>
            Assert.Equal(OfferResult.Accepted, _requests.Offer(in message));

    public void Dispose()
    {
        _requests.Dispose();
        _reports.Dispose();
        _accounts.Dispose();
        _assets.Dispose();
        _instruments.Dispose();
        Region.Delete();
    }

    private static MessageHeader Request<TMessage>(AccountId account)
        where TMessage : unmanaged, IMessage => MessageHeader.For<TMessage>(account) with
        {
            UnixNanos = UnixNanos.Of(TimeProvider.System.GetUtcNow()).Value,
        };

    private void Read()
    {
        _requests.Beat();
        _reports.Beat();
        while (_reports.TryRead(out ReadOnlySpan<byte> report))
        {
            Reports.Add(report.ToArray());
        }
    }

    private void Define(SystemConfiguration configuration)
    {
        string[] assets = ["BTC", "USDT", "ETH"];
        for (int index = 0; index < assets.Length; index++)
        {
            var asset = new AssetDefined
            {
                Header = MessageHeader.For<AssetDefined>(),
                AssetId = new((uint)index + 1),
                Decimals = 8,
                Name = Text16.Of(assets[index]),
            };
            _assets.Write(index, in asset);
        }

        DefineInstrument(0, "BTC/USDT", "BTCUSDT", 1, 5);
        DefineInstrument(1, "ETH/USDT", "ETHUSDT", 3, 4);
        DefineInstrument(2, "BTC/USDT:USDT", "BTCUSDT", 1, 3, 1, Market.Futures);
        DefineInstrument(3, "ETH/USDT:USDT", "ETHUSDT", 3, 3, 2, Market.Futures);
        for (int index = 0; index < configuration.Accounts.Length; index++)
        {
            AccountConfiguration account = configuration.Accounts[index];
            var defined = new AccountDefined
            {
                Header = MessageHeader.For<AccountDefined>(new((uint)index + 1)),
                Name = Text64.Of(account.Name.ToString()),
                Exchange = Text16.Of(account.Name.Exchange),
                Connector = 0,
                Markets = account.Markets,
                OwnerGroup = 0,
            };
            _accounts.Write(index, in defined);
        }
    }

    private void DefineInstrument(
        int index, string symbol, string exchangeSymbol, uint asset, byte quantityDecimals, byte priceDecimals = 2,
        Market market = Market.Spot)
    {
        var defined = new InstrumentDefined
        {
            Header = MessageHeader.For<InstrumentDefined>(),
            InstrumentId = new((uint)index + 1),
            BaseAssetId = new(asset),
            QuoteAssetId = new(2),
            Market = market,
            PriceDecimals = priceDecimals,
            QuantityDecimals = quantityDecimals,
            IsMatchedHere = 0,
            Exchange = Text16.Of("binance"),
            Symbol = Text32.Of(symbol),
            ExchangeSymbol = Text32.Of(exchangeSymbol),
        };
        _instruments.Write(index, in defined);
    }
}
