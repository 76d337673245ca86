using Oms.Domain;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.SharedMemory.Regions;
using Oms.SharedMemory.Rings;
using Oms.SharedMemory.Tables;

namespace Oms.FastPath.Warming;

/// <summary>A client, and the connector of an exchange that does at once what it is asked to do.</summary>
internal sealed class WarmUpPeers : IDisposable
{
    private const long Price = 5_000_000;
    private const long Quantity = 1_000;
    private const long Funds = 100_000_000_000_000_000;
    private const int TurnsMax = 64;

    private readonly FastPathParts _parts;
    private readonly RingWriter _commands;
    private readonly RingReader _events;
    private readonly RingWriter _reports;
    private readonly RingReader _requests;
    private readonly AccountId _seller;
    private readonly AccountId _buyer;
    private readonly AccountId _client;
    private readonly InstrumentDefined _internal;
    private readonly InstrumentDefined _elsewhere;
    private long _number;
    private long _tradeId;

    public WarmUpPeers(SharedRegion region, FastPathParts parts)
    {
        _parts = parts;
        _commands = RingWriter.Attach(region.RingPath(RingTopology.StrategyCommands(0)));
        _events = RingReader.Attach(region.RingPath(RingTopology.StrategyEvents(0)));
        _reports = RingWriter.Attach(region.RingPath(RingTopology.ConnectorReports(0)));
        _requests = RingReader.Attach(region.RingPath(RingTopology.ConnectorRequests(0)));
        using var directory = new ListingDirectory(region);
        _seller = AccountOf(directory, WarmUpConfiguration.Internal, WarmUpConfiguration.Seller);
        _buyer = AccountOf(directory, WarmUpConfiguration.Internal, WarmUpConfiguration.Buyer);
        _client = AccountOf(directory, WarmUpConfiguration.Elsewhere, WarmUpConfiguration.Client);
        Invariant.Holds(directory.TryFindInstrument(
            WarmUpConfiguration.Internal, Market.Spot, WarmUpConfiguration.Symbol, out _internal));
        Invariant.Holds(directory.TryFindInstrument(
            WarmUpConfiguration.Elsewhere, Market.Spot, WarmUpConfiguration.Symbol, out _elsewhere));
        StartSession();
    }

    /// <summary>Orders of most kinds, with what becomes of them.</summary>
    public void Round()
    {
        _commands.Beat();
        _reports.Beat();
        _events.Beat();
        ReportTop();
        Place(_seller, in _internal, Side.Sell, OrderType.Limit);
        Place(_buyer, in _internal, Side.Buy, OrderType.Market);
        Place(_buyer, in _internal, Side.Buy, OrderType.Limit, Price - 1_000);
        Cancel(_buyer);
        Place(_seller, in _internal, Side.Buy, OrderType.Limit);
        Place(_buyer, in _internal, Side.Sell, OrderType.Limit);
        Place(_client, in _elsewhere, Side.Buy, OrderType.Limit, Price - 1_000);
        Cancel(_client);
        Place(_client, in _elsewhere, Side.Buy, OrderType.Market);
        Place(_client, in _elsewhere, Side.Sell, OrderType.Market);
        // One that is refused.
        Place(_client, in _elsewhere, Side.Buy, OrderType.Limit, Price * 2);
        Turn();
    }

    public void Dispose()
    {
        _commands.Dispose();
        _events.Dispose();
        _reports.Dispose();
        _requests.Dispose();
    }

    private static AccountId AccountOf(ListingDirectory directory, string exchange, string name)
    {
        Invariant.Holds(directory.TryFindAccount($"{exchange}/{name}", out AccountDefined account));
        return account.Header.AccountId;
    }

    private void StartSession()
    {
        Report(new InstrumentFilters
        {
            Header = MessageHeader.For<InstrumentFilters>(),
            InstrumentId = _elsewhere.InstrumentId,
            Tradable = 1,
            TickSize = 1,
            PriceMin = 1,
            PriceMax = 0,
            LotSize = 1,
            QuantityMin = 1,
            QuantityMax = 0,
            NotionalMin = 0,
            MakerFee = 0,
            TakerFee = 0,
            CanAmend = OrderAmendment.None,
        });
        ReportTop();
        Report(new SessionStarted { Header = MessageHeader.For<SessionStarted>(), Session = 1, Connector = 0 });
        Report(new StreamChanged
        {
            Header = MessageHeader.For<StreamChanged>(_client),
            Session = 1,
            State = StreamState.Up,
        });
        Turn();
    }

    /// <summary>Lets FastPath, the exchange and the disk do what there is to be done.</summary>
    private void Turn()
    {
        for (int turn = 0; turn < TurnsMax; turn++)
        {
            int work = _parts.DutyCycle.RunOnce() + _parts.Copier.RunOnce();
            while (_requests.TryRead(out ReadOnlySpan<byte> request))
            {
                work++;
                CarryOut(request);
            }

            while (_events.TryRead(out _))
            {
                work++;
            }

            if (work == 0)
            {
                return;
            }
        }
    }

    private void Place(
        AccountId account, in InstrumentDefined instrument, Side side, OrderType type, long price = Price)
    {
        _number++;
        Invariant.Holds(ClientOrderId.TryParse($"warm-{_number}", out ClientOrderId id));
        Offer(new PlaceOrder
        {
            Header = MessageHeader.For<PlaceOrder>(account),
            ClientOrderId = id,
            InstrumentId = instrument.InstrumentId,
            Terms = new()
            {
                Side = side,
                Type = type,
                TimeInForce = type == OrderType.Market ? TimeInForce.ImmediateOrCancel : TimeInForce.GoodTillCancel,
                Price = type == OrderType.Market ? 0 : price,
                Quantity = Quantity,
            },
            CorrelationId = _number,
            Stamps = default,
        });
        Turn();
    }

    /// <summary>The order that was placed last.</summary>
    private void Cancel(AccountId account)
    {
        Invariant.Holds(ClientOrderId.TryParse($"warm-{_number}", out ClientOrderId id));
        Offer(new CancelOrder
        {
            Header = MessageHeader.For<CancelOrder>(account),
            ClientOrderId = id,
            OrderId = OrderId.None,
            CorrelationId = _number,
        });
        Turn();
    }

    private void CarryOut(ReadOnlySpan<byte> request)
    {
        switch (MessageBytes.Header(request).Kind)
        {
            case MessageKind.GatherEvidence:
                Gather(in MessageBytes.As<GatherEvidence>(request));
                break;
            case MessageKind.SubmitOrder:
                Execute(in MessageBytes.As<SubmitOrder>(request));
                break;
            case MessageKind.SubmitCancel:
                ref readonly SubmitCancel cancel = ref MessageBytes.As<SubmitCancel>(request);
                Report(Seen(cancel.Header.AccountId, cancel.OrderId, ExchangeOrderStatus.Canceled, 0, default));
                break;
            default:
                break;
        }
    }

    private void Gather(in GatherEvidence request)
    {
        AccountId account = request.Header.AccountId;
        Report(new EvidenceBegin
        {
            Header = MessageHeader.For<EvidenceBegin>(account), EvidenceId = request.EvidenceId,
        });
        foreach (AssetId asset in new[] { _elsewhere.BaseAssetId, _elsewhere.QuoteAssetId })
        {
            Report(new BalanceSeen
            {
                Header = MessageHeader.For<BalanceSeen>(account),
                AssetId = asset,
                Market = Market.Spot,
                Free = Funds,
                Locked = 0,
                EvidenceId = request.EvidenceId,
            });
        }

        Report(new EvidenceEnd
        {
            Header = MessageHeader.For<EvidenceEnd>(account), EvidenceId = request.EvidenceId, Complete = 1,
        });
    }

    private void Execute(in SubmitOrder order)
    {
        AccountId account = order.Header.AccountId;
        if (!order.Terms.IsAtMarket)
        {
            Report(Seen(account, order.OrderId, ExchangeOrderStatus.New, 0, order.Terms));
            return;
        }

        Report(new TradeSeen
        {
            Header = MessageHeader.For<TradeSeen>(account),
            OrderId = order.OrderId,
            ExchangeOrderId = order.OrderId.Value,
            InstrumentId = order.InstrumentId,
            Source = EvidenceSource.Reply,
            IsMaker = 0,
            Side = order.Terms.Side,
            PositionSide = PositionSide.Both,
            TradeId = ++_tradeId,
            ExecutionId = 0,
            Price = Price,
            Quantity = order.Terms.Quantity,
            Fee = 1,
            FeeAssetId = _elsewhere.QuoteAssetId,
            ExchangeUnixNanos = 0,
        });
        Report(Seen(account, order.OrderId, ExchangeOrderStatus.Filled, order.Terms.Quantity, order.Terms));
    }

    private OrderSeen Seen(
        AccountId account, OrderId order, ExchangeOrderStatus status, long quantity, OrderTerms terms) => new()
    {
        Header = MessageHeader.For<OrderSeen>(account),
        OrderId = order,
        ExchangeOrderId = order.Value,
        InstrumentId = _elsewhere.InstrumentId,
        Status = status,
        Source = EvidenceSource.Reply,
        CumulativeQuantity = quantity,
        ExchangeUnixNanos = 0,
        Stamps = default,
        Terms = terms,
    };

    private void ReportTop() => Report(new TopOfBook
    {
        Header = MessageHeader.For<TopOfBook>(),
        InstrumentId = _elsewhere.InstrumentId,
        BidPrice = Price - 1,
        BidQuantity = 1,
        AskPrice = Price + 1,
        AskQuantity = 1,
        ExchangeUnixNanos = 0,
    });

    private void Offer<TMessage>(TMessage message)
        where TMessage : unmanaged, IMessage => _ = _commands.Offer(in message);

    private void Report<TMessage>(TMessage message)
        where TMessage : unmanaged, IMessage => _ = _reports.Offer(in message);
}
