using System.Runtime.InteropServices;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Domain.Text;
using Oms.Engine;

namespace Oms.Bench.Desk;

/// <summary>
/// An engine with accounts that trade instruments matched here, every limit set, and none of them ever reached.
/// Prices have 2 decimals, quantities none.
/// </summary>
internal sealed class TradingDesk
{
    public const int Epoch = 1;
    public const long OpeningPrice = 10_000;

    private const long One = 100_000_000;
    private const long Plenty = 10_000_000_000 * One;
    private const int OrdersPerWindowMax = 1_000;
    private const int CollarBasisPoints = 500;
    private const int FillsRememberedMax = 1 << 16;

    /// <summary>Between two inputs, of a clock that only this engine knows.</summary>
    private const long StepNanos = 250;

    private static readonly Text16 Exchange = Text16.Of("paper");
    private static readonly AssetId Usdt = new(1);

    private readonly IBenchLog _log;
    private readonly byte[] _input = new byte[MessageHeader.MessageBytesMax];
    private long _nowUnixNanos = 1_800_000_000_000_000_000;

    /// <param name="log">Takes all that comes in and all that is said.</param>
    /// <param name="ordersHeldMax">Live and recently final orders.</param>
    public TradingDesk(IBenchLog log, int accounts, int instruments, int ordersHeldMax)
    {
        (_log, Accounts, Instruments) = (log, accounts, instruments);
        Send(new CapacityDefined
        {
            Header = MessageHeader.For<CapacityDefined>(),
            AccountsMax = accounts,
            InstrumentsMax = instruments,
            AssetsMax = instruments + 1,
            OrdersHeldMax = ordersHeldMax,
            FillsRememberedMax = FillsRememberedMax,
            BalancesMax = accounts * (instruments + 1),
            PositionsMax = accounts * instruments,
            TransfersHeldMax = 0,
        });
        DefineLimits();
        for (uint instrument = 1; instrument <= instruments; instrument++)
        {
            DefineInstrument(new(instrument), new AssetId(instrument + 1));
        }

        for (uint account = 1; account <= accounts; account++)
        {
            DefineAccount(new(account));
        }

        Send(new FastPathStarted { Header = MessageHeader.For<FastPathStarted>(), Shard = 0, Epoch = Epoch });
    }

    public global::Oms.Engine.Engine Engine { get; } = new(EngineCapacity.None);

    public int Accounts { get; }

    public int Instruments { get; }

    /// <summary>The id of the so many-th order that was placed.</summary>
    public static OrderId OrderIdOf(long number) => OrderId.Of(0, Epoch, number);

    /// <summary>Takes in a message, as FastPath does, and answers it.</summary>
    public Outbox Apply(Span<byte> input)
    {
        Enter(input);
        return Answer(input);
    }

    /// <summary>Stamps a message and logs it.</summary>
    public void Enter(Span<byte> input)
    {
        ref MessageHeader header = ref MemoryMarshal.AsRef<MessageHeader>(input);
        header = header with { UnixNanos = _nowUnixNanos += StepNanos };
        _log.Writer.Append(input);
    }

    /// <summary>Answers a message that has entered, and logs what is said.</summary>
    public Outbox Answer(ReadOnlySpan<byte> input)
    {
        Outbox outbox = Engine.Apply(input);
        for (ReadOnlySpan<byte> said = outbox.Messages; !said.IsEmpty;)
        {
            ReadOnlySpan<byte> message = said[..MessageBytes.Header(said).LengthBytes];
            said = said[message.Length..];
            _log.Writer.Append(message);
        }

        return outbox;
    }

    private void Send<TMessage>(TMessage message)
        where TMessage : unmanaged, IMessage
    {
        ReadOnlySpan<byte> bytes = MessageBytes.Of(in message);
        Span<byte> input = _input.AsSpan(0, bytes.Length);
        bytes.CopyTo(input);
        _ = Apply(input);
        _log.Commit();
    }

    private void DefineLimits()
    {
        Send(new AssetDefined
        {
            Header = MessageHeader.For<AssetDefined>(), AssetId = Usdt, Decimals = 8, Name = Text16.Of("USDT"),
        });
        Send(new RiskLimits
        {
            Header = MessageHeader.For<RiskLimits>(),
            OrderNotionalMax = Plenty,
            PriceCollarBasisPoints = CollarBasisPoints,
            OpenOrdersPerAccountMax = int.MaxValue,
            ReferencePriceAgeMaxNanos = long.MaxValue,
            CommandAgeMaxNanos = long.MaxValue,
            ValuationAssetId = Usdt,
        });
        Send(Limits(LimitScope.Firm, AccountId.None) with { PositionValueMax = Plenty });
    }

    private void DefineInstrument(InstrumentId instrument, AssetId asset)
    {
        Send(new AssetDefined
        {
            Header = MessageHeader.For<AssetDefined>(),
            AssetId = asset,
            Decimals = 8,
            Name = Text16.Of($"A{asset.Value}"),
        });
        Send(new InstrumentDefined
        {
            Header = MessageHeader.For<InstrumentDefined>(),
            InstrumentId = instrument,
            BaseAssetId = asset,
            QuoteAssetId = Usdt,
            Market = Market.Spot,
            PriceDecimals = 2,
            QuantityDecimals = 0,
            IsMatchedHere = 1,
            Exchange = Exchange,
            Symbol = Text32.Of($"A{asset.Value}/USDT"),
            ExchangeSymbol = Text32.Of($"A{asset.Value}USDT"),
        });
        Send(new InstrumentFilters
        {
            Header = MessageHeader.For<InstrumentFilters>(),
            InstrumentId = instrument,
            Tradable = 1,
            TickSize = 1,
            PriceMin = 1,
            PriceMax = 0,
            LotSize = 1,
            QuantityMin = 1,
            QuantityMax = 0,
            NotionalMin = 1,
            MakerFee = 100,
            TakerFee = 400,
            CanAmend = OrderAmendment.PriceAndQuantity,
        });
        Send(new LastTrade
        {
            Header = MessageHeader.For<LastTrade>(),
            InstrumentId = instrument,
            Price = OpeningPrice,
            ExchangeUnixNanos = 0,
        });
    }

    private void DefineAccount(AccountId account)
    {
        Send(new AccountDefined
        {
            Header = MessageHeader.For<AccountDefined>(account),
            Name = Text64.Of($"paper/account_{account.Value}"),
            Exchange = Exchange,
            Connector = 0,
            Markets = MarketFlags.Spot,
            OwnerGroup = 0,
        });
        Send(Limits(LimitScope.Account, account) with
        {
            OpenOrdersMax = int.MaxValue,
            OrdersPerWindowMax = OrdersPerWindowMax,
            OrderWindowNanos = StepNanos * OrdersPerWindowMax,
            OrderNotionalMax = Plenty,
            PositionValueMax = Plenty,
            LossMax = Plenty,
        });
        for (uint asset = 1; asset <= Instruments + 1; asset++)
        {
            Send(new FundsDeposited
            {
                Header = MessageHeader.For<FundsDeposited>(account),
                AssetId = new(asset),
                Wallet = Market.Spot,
                Amount = asset == Usdt.Value ? 100 * 1_000_000 * One : 1_000_000 * One,
                DepositId = asset,
            });
        }
    }

    private static LimitsDefined Limits(LimitScope scope, AccountId account) => new()
    {
        Header = MessageHeader.For<LimitsDefined>(account),
        Scope = scope,
        Group = 0,
        InstrumentId = InstrumentId.None,
        LeverageMax = 0,
        OpenOrdersMax = 0,
        OrdersPerWindowMax = 0,
        OrderWindowNanos = 0,
        DuplicateWindowNanos = 0,
        OrderNotionalMax = 0,
        OrderQuantityMax = 0,
        PositionQuantityMax = 0,
        PositionValueMax = 0,
        BalanceValueMax = 0,
        LossMax = 0,
        Version = 0,
    };
}
