using System.Runtime.InteropServices;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Domain.Numbers;
using Oms.Domain.Orders;
using Oms.Domain.Text;

namespace Oms.Engine.Tests;

/// <summary>An engine with accounts, instruments and a clock, and what it said.</summary>
internal sealed class Desk
{
    public static readonly AccountId Alpha = new(1);
    public static readonly AccountId Bravo = new(2);

    /// <summary>Trades futures alone.</summary>
    public static readonly AccountId Delta = new(3);

    /// <summary>Accounts of an exchange whose orders are matched here; the last two have one owner.</summary>
    public static readonly AccountId Papa = new(4);
    public static readonly AccountId Quebec = new(5);
    public static readonly AccountId Romeo = new(6);
    public static readonly AccountId Sierra = new(7);

    public static readonly AssetId Usdt = new(1);
    public static readonly AssetId Btc = new(2);
    public static readonly AssetId Bnb = new(3);

    /// <summary>Prices at 2 decimals, quantities at 5: amounts are exact.</summary>
    public static readonly InstrumentId BtcUsdt = new(1);

    /// <summary>Prices and quantities at 8 decimals: amounts are rounded.</summary>
    public static readonly InstrumentId BnbBtc = new(2);

    /// <summary>Listed at another exchange than the accounts'.</summary>
    public static readonly InstrumentId Elsewhere = new(3);

    /// <summary>Whole prices and quantities: easy to read.</summary>
    public static readonly InstrumentId Toy = new(4);

    /// <summary>A perpetual of whole prices and quantities.</summary>
    public static readonly InstrumentId Perp = new(5);

    /// <summary>Whole prices and quantities, matched here.</summary>
    public static readonly InstrumentId Paper = new(6);

    /// <summary>A perpetual of whole prices and quantities, matched here.</summary>
    public static readonly InstrumentId PaperPerp = new(7);

    public const long One = 100_000_000;

    public const long CommandAgeMaxNanos = 5_000_000_000;

    /// <summary>Of the two accounts that have one owner.</summary>
    public const uint Owner = 7;

    private readonly List<byte[]> _output = [];
    private readonly List<byte[]> _inputs = [];
    private readonly List<byte> _bytes = [];
    private readonly LiveTables _tables = new();

    public Desk(
        int ordersHeldMax = 1000,
        int openOrdersMax = 1000,
        int fillsRememberedMax = 4096,
        int positionsMax = 64,
        int balancesMax = 256)
    {
        Engine = new(Capacity with
        {
            OrdersHeldMax = ordersHeldMax,
            FillsRememberedMax = fillsRememberedMax,
            PositionsMax = positionsMax,
            BalancesMax = balancesMax,
        });
        Send(new RiskLimits
        {
            Header = MessageHeader.For<RiskLimits>(),
            OrderNotionalMax = 100_000 * One,
            PriceCollarBasisPoints = 500,
            OpenOrdersPerAccountMax = openOrdersMax,
            CommandAgeMaxNanos = CommandAgeMaxNanos,
            ReferencePriceAgeMaxNanos = 5_000_000_000,
            ValuationAssetId = Usdt,
        });
        string[] assets = ["USDT", "BTC", "BNB"];
        for (int index = 0; index < assets.Length; index++)
        {
            Send(new AssetDefined
            {
                Header = MessageHeader.For<AssetDefined>(),
                AssetId = new((uint)index + 1),
                Decimals = 8,
                Name = Text16.Of(assets[index]),
            });
        }

        DefineInstruments();
        Define(Alpha, "binance", MarketFlags.Spot);
        Define(Bravo, "binance", MarketFlags.Spot);
        Define(Delta, "binance", MarketFlags.Futures);
        Define(Papa, "paper", MarketFlags.Spot | MarketFlags.Futures);
        Define(Quebec, "paper", MarketFlags.Spot | MarketFlags.Futures);
        Define(Romeo, "paper", MarketFlags.Spot | MarketFlags.Futures, Owner);
        Define(Sierra, "paper", MarketFlags.Spot | MarketFlags.Futures, Owner);
        Send(new FastPathStarted { Header = MessageHeader.For<FastPathStarted>(), Shard = 0, Epoch = 1 });
    }

    /// <summary>How much an engine holds that takes in what a desk takes in.</summary>
    public static EngineCapacity Capacity { get; } =
        new(8, 8, 8, 1000, 4096) { BalancesMax = 256, PositionsMax = 64, TransfersHeldMax = 64 };

    public Engine Engine { get; private set; }

    public long NowUnixNanos { get; set; } = 1_700_000_000_000_000_000;

    /// <summary>Everything said since the last <see cref="Take"/>.</summary>
    public IReadOnlyList<byte[]> Output => _output;

    /// <summary>The rows that other processes see.</summary>
    public LiveTables Tables => _tables;

    /// <summary>Every input as it went in.</summary>
    public IReadOnlyList<byte[]> Inputs => _inputs;

    /// <summary>Every byte that was ever said.</summary>
    public byte[] AllBytes => [.. _bytes];

    public static long AmountOf(string text) => DecimalText.TryParse(text, 8, out long amount)
        ? amount
        : throw new FormatException(text);

    /// <summary>Accounts ready, prices known, filters as given by <see cref="Filters"/>.</summary>
    public static Desk Trading(
        int ordersHeldMax = 1000,
        int openOrdersMax = 1000,
        int fillsRememberedMax = 4096,
        int positionsMax = 64,
        int balancesMax = 256)
    {
        var desk = new Desk(ordersHeldMax, openOrdersMax, fillsRememberedMax, positionsMax, balancesMax);
        desk.Send(Filters(BtcUsdt));
        foreach (InstrumentId instrument in new[] { BnbBtc, Toy, Perp, Paper, PaperPerp })
        {
            desk.Send(Filters(instrument, notionalMin: 0));
        }

        desk.Top(BtcUsdt, 50_000, 50_000);
        desk.Top(BnbBtc, 1_000_000, 1_000_100);
        desk.Top(Toy, 100, 100);
        desk.Top(Perp, 100, 100);
        desk.Last(Paper, 100);
        desk.Last(PaperPerp, 100);
        desk.StartSession(1);
        desk.OpenStream(Alpha, "1000000", "1000000");
        desk.OpenStream(Bravo, "1000000", "1000000");
        desk.OpenStream(Delta, "1000000", "0", market: Market.Futures);
        foreach (AccountId account in new[] { Papa, Quebec, Romeo, Sierra })
        {
            desk.Deposit(account, Market.Spot, Usdt, "1000000");
            desk.Deposit(account, Market.Spot, Btc, "1000000");
            desk.Deposit(account, Market.Futures, Usdt, "1000000");
        }

        _ = desk.Take();
        return desk;
    }

    public static InstrumentFilters Filters(
        InstrumentId instrument, uint tradable = 1, long notionalMin = 5 * One) => new()
    {
        Header = MessageHeader.For<InstrumentFilters>(),
        InstrumentId = instrument,
        Tradable = tradable,
        TickSize = instrument == BtcUsdt ? 2 : 1,
        PriceMin = instrument == BtcUsdt ? 48_000 : 1,
        PriceMax = instrument == BtcUsdt ? 52_000 : 0,
        LotSize = instrument == BtcUsdt ? 200 : 1,
        QuantityMin = instrument == BtcUsdt ? 1_000 : 1,
        QuantityMax = instrument == BtcUsdt ? 90_000_000 : 0,
        NotionalMin = notionalMin,
        MakerFee = 0,
        TakerFee = 0,
        CanAmend = OrderAmendment.None,
    };

    public void Send<TMessage>(TMessage message)
        where TMessage : unmanaged, IMessage
    {
        byte[] input = MessageBytes.Of(in message).ToArray();
        Send(input);
    }

    public void Send(byte[] input)
    {
        ref MessageHeader header = ref MemoryMarshal.AsRef<MessageHeader>(input.AsSpan());
        header = header with { UnixNanos = NowUnixNanos };
        _inputs.Add(input);
        int before = _output.Count;
        Collect(Engine.Apply(input).Messages);
        _tables.Follow(Engine, _output.Skip(before));
    }

    /// <summary>Goes on with an engine made of what this one saves.</summary>
    public void Restart()
    {
        using var saved = new MemoryStream();
        Engine.Save(saved);
        saved.Position = 0;
        Engine = Engine.Load(saved);
    }

    /// <summary>What was said since the last time.</summary>
    public IReadOnlyList<byte[]> Take()
    {
        byte[][] taken = [.. _output];
        _output.Clear();
        _tables.Reservations.Clear();
        return taken;
    }

    public void StartSession(long session) => Send(new SessionStarted
    {
        Header = MessageHeader.For<SessionStarted>(),
        Session = session,
        Connector = 0,
    });

    public void Stream(AccountId account, long session, StreamState state) => Send(new StreamChanged
    {
        Header = MessageHeader.For<StreamChanged>(account),
        Session = session,
        State = state,
    });

    /// <summary>Brings the stream up and completes the round that it begins.</summary>
    public void OpenStream(
        AccountId account, string usdt, string other, long session = 1, Market market = Market.Spot)
    {
        Stream(account, session, StreamState.Up);
        long round = LastRound();
        Send(new EvidenceBegin { Header = MessageHeader.For<EvidenceBegin>(account), EvidenceId = round });
        Balance(account, Usdt, AmountOf(usdt), 0, round, market);
        Balance(account, Btc, AmountOf(other), 0, round, market);
        Balance(account, Bnb, AmountOf(other), 0, round, market);
        Complete(account, round, 1);
    }

    public long LastRound() =>
        MessageBytes.As<GatherEvidence>(
            _output.Last(said => MessageBytes.Header(said).Kind == MessageKind.GatherEvidence)).EvidenceId;

    public void Balance(
        AccountId account, AssetId asset, long free, long locked, long round, Market market = Market.Spot) =>
        Send(new BalanceSeen
    {
        Header = MessageHeader.For<BalanceSeen>(account),
        AssetId = asset,
        Market = market,
        Free = free,
        Locked = locked,
        EvidenceId = round,
    });

    public void Complete(AccountId account, long round, byte complete) => Send(new EvidenceEnd
    {
        Header = MessageHeader.For<EvidenceEnd>(account),
        EvidenceId = round,
        Complete = complete,
    });

    public void Deposit(AccountId account, Market wallet, AssetId asset, string amount) => Send(new FundsDeposited
    {
        Header = MessageHeader.For<FundsDeposited>(account),
        AssetId = asset,
        Wallet = wallet,
        Amount = AmountOf(amount),
        DepositId = _inputs.Count,
    });

    public void Top(InstrumentId instrument, long bid, long ask) => Send(new TopOfBook
    {
        Header = MessageHeader.For<TopOfBook>(),
        InstrumentId = instrument,
        BidPrice = bid,
        BidQuantity = 1,
        AskPrice = ask,
        AskQuantity = 1,
        ExchangeUnixNanos = 0,
    });

    public void Last(InstrumentId instrument, long price) => Send(new LastTrade
    {
        Header = MessageHeader.For<LastTrade>(),
        InstrumentId = instrument,
        Price = price,
        ExchangeUnixNanos = 0,
    });

    public void Mark(InstrumentId instrument, long price) => Send(new MarkPrice
    {
        Header = MessageHeader.For<MarkPrice>(),
        InstrumentId = instrument,
        Price = price,
        ExchangeUnixNanos = 0,
    });

    /// <summary>Places an order and returns its report.</summary>
    public ExecutionReport Place(PlaceOrder order)
    {
        int before = _output.Count;
        Send(order);
        return MessageBytes.As<ExecutionReport>(_output[before]);
    }

    /// <summary>Defines an account, or defines it anew.</summary>
    public void Define(AccountId id, string exchange, MarketFlags markets, uint ownerGroup = 0) =>
        Send(new AccountDefined
    {
        Header = MessageHeader.For<AccountDefined>(id),
        Name = Text64.Of($"{exchange}/{id}"),
        Exchange = Text16.Of(exchange),
        Connector = 0,
        Markets = markets,
        OwnerGroup = ownerGroup,
    });

    private void DefineInstruments()
    {
        Define(BtcUsdt, "binance", "BTC/USDT", Btc, Usdt, 2, 5);
        Define(BnbBtc, "binance", "BNB/BTC", Bnb, Btc, 8, 8);
        Define(Elsewhere, "elsewhere", "BTC/USDT", Btc, Usdt, 2, 5);
        Define(Toy, "binance", "TOY/USDT", Btc, Usdt, 0, 0);
        Define(Perp, "binance", "TOY/USDT:USDT", Btc, Usdt, 0, 0, Market.Futures);
        Define(Paper, "paper", "TOY/USDT", Btc, Usdt, 0, 0, isMatchedHere: 1);
        Define(PaperPerp, "paper", "TOY/USDT:USDT", Btc, Usdt, 0, 0, Market.Futures, isMatchedHere: 1);
    }

    private void Define(
        InstrumentId id,
        string exchange,
        string symbol,
        AssetId baseAsset,
        AssetId quote,
        byte price,
        byte quantity,
        Market market = Market.Spot,
        byte isMatchedHere = 0) =>
        Send(new InstrumentDefined
        {
            Header = MessageHeader.For<InstrumentDefined>(),
            InstrumentId = id,
            BaseAssetId = baseAsset,
            QuoteAssetId = quote,
            Market = market,
            PriceDecimals = price,
            QuantityDecimals = quantity,
            IsMatchedHere = isMatchedHere,
            Exchange = Text16.Of(exchange),
            Symbol = Text32.Of(symbol),
            ExchangeSymbol = Text32.Of(symbol),
        });

    private void Collect(ReadOnlySpan<byte> messages)
    {
        _bytes.AddRange(messages);
        while (!messages.IsEmpty)
        {
            int lengthBytes = MessageBytes.Header(messages).LengthBytes;
            _output.Add(messages[..lengthBytes].ToArray());
            messages = messages[lengthBytes..];
        }
    }
}
