using System.Diagnostics;
using Oms.Domain.Accounts;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Journal;
using Oms.SharedMemory.Rings;
using Oms.SharedMemory.Tables;
using Oms.Testing;

namespace Oms.FastPath.Tests;

/// <summary>
/// Gateway and connector in one: places orders, answers requests as an exchange would, and keeps the books
/// that the exchange would keep. Nothing here dies with FastPath.
/// </summary>
internal sealed class Peers : IDisposable
{
    public const long One = 100_000_000;
    public const long OpeningUsdt = 50_000_000 * One;
    public const long OpeningBtc = 1_000 * One;

    private readonly Deployment _deployment;
    private readonly RingWriter _commands;
    private readonly RingWriter _reports;
    private readonly RingReader _requests;
    private readonly RingReader _events;
    private readonly Queue<byte[]> _outgoing = new();
    private readonly long _session = Stopwatch.GetTimestamp();
    private readonly BeatThread _beats;
    private long _topAt;
    private long _tradeId;

    public Peers(Deployment deployment)
    {
        _deployment = deployment;
        _commands = RingWriter.Attach(deployment.Region.RingPath(RingTopology.GatewayCommands));
        _reports = RingWriter.Attach(deployment.Region.RingPath(RingTopology.ConnectorReports(0)));
        _requests = RingReader.Attach(deployment.Region.RingPath(RingTopology.ConnectorRequests(0)));
        _events = RingReader.Attach(deployment.Region.RingPath(RingTopology.GatewayEvents));
        Directory = new ListingDirectory(deployment.Region);
        Feed = new EventFeed(_events, deployment.Data.Log, 0);
        Assert.True(Directory.TryFindAccount("binance/main", out AccountDefined main));
        Assert.True(
            Directory.TryFindInstrument("binance", Market.Spot, "BTC/USDT", out InstrumentDefined btcUsdt));
        Account = main.Header.AccountId;
        BtcUsdt = btcUsdt;
        _beats = new(Beat);
    }

    /// <summary>While false, FastPath hears nothing of the connector.</summary>
    public bool IsHeard { get; set; } = true;

    public ListingDirectory Directory { get; }

    public EventFeed Feed { get; }

    public AccountId Account { get; }

    public InstrumentDefined BtcUsdt { get; }

    public int Placed { get; private set; }

    public List<OrderId> Submitted { get; } = [];

    public List<long> RequestSequences { get; } = [];

    public List<MessageKind> RequestKinds { get; } = [];

    /// <summary>Rounds of evidence that are yet to be answered as incomplete.</summary>
    public int RoundsToFail { get; set; }

    /// <summary>While true, requests are read and nothing is answered.</summary>
    public bool IsSilent { get; set; }

    public long Usdt { get; private set; } = OpeningUsdt;

    public long Btc { get; private set; } = OpeningBtc;

    public int Rounds { get; private set; }

    public void StartSession()
    {
        _requests.DiscardAll();
        Report(new InstrumentFilters
        {
            Header = MessageHeader.For<InstrumentFilters>(),
            InstrumentId = BtcUsdt.InstrumentId,
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
        Report(new SessionStarted
        {
            Header = MessageHeader.For<SessionStarted>(),
            Session = _session,
            Connector = 0,
        });
        Report(new StreamChanged
        {
            Header = MessageHeader.For<StreamChanged>(Account),
            Session = _session,
            State = StreamState.Up,
        });
    }

    public AccountGate Gate()
    {
        using var gates = StateTable<AccountGateChanged>.OpenReader(_deployment.Region, StateTables.Gates);
        return gates.TryRead((int)Account.Value - 1, out AccountGateChanged gate) ? gate.Gate : default;
    }

    public Task UntilReadyAsync() => Eventually.True(
        () =>
        {
            Pump();
            return Gate() == AccountGate.Ready;
        },
        TimeSpan.FromSeconds(60));

    /// <summary>Places the next order; false when the ring is full.</summary>
    public bool TryPlace()
    {
        Assert.True(ClientOrderId.TryParse($"order-{Placed + 1}", out ClientOrderId id));
        var order = new PlaceOrder
        {
            Header = MessageHeader.For<PlaceOrder>(Account),
            ClientOrderId = id,
            InstrumentId = BtcUsdt.InstrumentId,
            Terms = new()
            {
                Side = Placed % 2 == 0 ? Side.Buy : Side.Sell,
                Type = OrderType.Limit,
                TimeInForce = TimeInForce.GoodTillCancel,
                // Buys and sells of one account are not to meet.
                Price = Placed % 2 == 0 ? 4_999_950 : 5_000_050,
                Quantity = 100 + Placed,
            },
            CorrelationId = Placed + 1,
            Stamps = default,
        };
        if (_commands.Offer(in order) != OfferResult.Accepted)
        {
            return false;
        }

        Placed++;
        return true;
    }

    public void OfferCommand<TMessage>(TMessage message)
        where TMessage : unmanaged, IMessage =>
        Assert.Equal(OfferResult.Accepted, _commands.Offer(in message));

    /// <summary>Carries out what was asked for and says what came of it.</summary>
    public void Pump()
    {
        if (_topAt == 0 || Stopwatch.GetElapsedTime(_topAt) > TimeSpan.FromMilliseconds(100))
        {
            _topAt = Stopwatch.GetTimestamp();
            ReportTop();
        }

        while (_requests.TryRead(out ReadOnlySpan<byte> request))
        {
            RequestSequences.Add(MessageBytes.Header(request).LogSequence);
            RequestKinds.Add(MessageBytes.Header(request).Kind);
            if (!IsSilent)
            {
                Answer(request);
            }
        }

        Flush();
    }

    public void ReportTop() => Report(new TopOfBook
    {
        Header = MessageHeader.For<TopOfBook>(),
        InstrumentId = BtcUsdt.InstrumentId,
        BidPrice = 4_999_900,
        BidQuantity = 1,
        AskPrice = 5_000_100,
        AskQuantity = 1,
        ExchangeUnixNanos = 0,
    });

    public void Dispose()
    {
        _beats.Dispose();
        Feed.Dispose();
        Directory.Dispose();
        _commands.Dispose();
        _reports.Dispose();
        _requests.Dispose();
        _events.Dispose();
    }

    private void Beat()
    {
        _commands.Beat();
        if (IsHeard)
        {
            _reports.Beat();
        }
    }

    private void Answer(ReadOnlySpan<byte> request)
    {
        switch (MessageBytes.Header(request).Kind)
        {
            case MessageKind.GatherEvidence:
                Gather(MessageBytes.As<GatherEvidence>(request).EvidenceId);
                break;
            case MessageKind.SubmitOrder:
                Execute(in MessageBytes.As<SubmitOrder>(request));
                break;
            default:
                break;
        }
    }

    private void Gather(long round)
    {
        Rounds++;
        Report(new EvidenceBegin { Header = MessageHeader.For<EvidenceBegin>(Account), EvidenceId = round });
        ReportBalance(BtcUsdt.QuoteAssetId, Usdt, round);
        ReportBalance(BtcUsdt.BaseAssetId, Btc, round);
        Report(new EvidenceEnd
        {
            Header = MessageHeader.For<EvidenceEnd>(Account),
            EvidenceId = round,
            Complete = Rounds <= RoundsToFail ? (byte)0 : (byte)1,
        });
    }

    private void ReportBalance(AssetId asset, long free, long round) => Report(new BalanceSeen
    {
        Header = MessageHeader.For<BalanceSeen>(Account),
        AssetId = asset,
        Market = Market.Spot,
        Free = free,
        Locked = 0,
        EvidenceId = round,
    });

    /// <summary>In turn: filled at once, filled by half and canceled, canceled.</summary>
    private void Execute(in SubmitOrder submit)
    {
        Submitted.Add(submit.OrderId);
        long filled =
            (submit.OrderId.Number % 3) switch { 0 => submit.Terms.Quantity, 1 => submit.Terms.Quantity / 2, _ => 0 };
        if (filled > 0)
        {
            // Prices at 2 decimals, quantities at 5, amounts at 8.
            long sign = submit.Terms.Side == Side.Buy ? 1 : -1;
            Btc += sign * filled * 1_000;
            Usdt -= sign * submit.Terms.Price * filled * 10;
            Report(new TradeSeen
            {
                Header = MessageHeader.For<TradeSeen>(Account),
                OrderId = submit.OrderId,
                ExchangeOrderId = submit.OrderId.Value,
                InstrumentId = submit.InstrumentId,
                Source = EvidenceSource.Reply,
                IsMaker = 0,
                Side = submit.Terms.Side,
                PositionSide = PositionSide.Both,
                TradeId = ++_tradeId,
                ExecutionId = 0,
                Price = submit.Terms.Price,
                Quantity = filled,
                Fee = 0,
                FeeAssetId = AssetId.None,
                ExchangeUnixNanos = 0,
            });
        }

        Report(new OrderSeen
        {
            Header = MessageHeader.For<OrderSeen>(Account),
            OrderId = submit.OrderId,
            ExchangeOrderId = submit.OrderId.Value,
            InstrumentId = submit.InstrumentId,
            Status = filled == submit.Terms.Quantity ? ExchangeOrderStatus.Filled : ExchangeOrderStatus.Canceled,
            Source = EvidenceSource.Reply,
            CumulativeQuantity = filled,
            ExchangeUnixNanos = 0,
            Stamps = submit.Stamps,
            Terms = submit.Terms,
        });
    }

    private void Report<TMessage>(TMessage message)
        where TMessage : unmanaged, IMessage
    {
        _outgoing.Enqueue(MessageBytes.Of(in message).ToArray());
        Flush();
    }

    private void Flush()
    {
        while (_outgoing.TryPeek(out byte[]? message) && _reports.Offer(message) == OfferResult.Accepted)
        {
            _ = _outgoing.Dequeue();
        }
    }
}
