using Oms.Domain.Accounts;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Domain.Text;

namespace Oms.Gateway.Tests.Kit;

/// <summary>The accounts, assets and instruments that the scripted FastPath defines.</summary>
internal static class TestMarket
{
    public const string MainName = "binance/main";
    public const string SpotName = "binance/sub_spot_arb";
    public const string FuturesName = "binance/sub_futures_trend";

    public static readonly AccountId Main = new(1);
    public static readonly AccountId Spot = new(2);
    public static readonly AccountId Futures = new(3);
    public static readonly AssetId Usdt = new(1);
    public static readonly AssetId Btc = new(2);
    public static readonly InstrumentId BtcUsdt = new(1);

    public static IEnumerable<AccountDefined> Accounts =>
    [
        Account(Main, MainName, MarketFlags.Spot | MarketFlags.Futures),
        Account(Spot, SpotName, MarketFlags.Spot),
        Account(Futures, FuturesName, MarketFlags.Futures),
    ];

    public static IEnumerable<AssetDefined> Assets => [Asset(Usdt, "USDT"), Asset(Btc, "BTC")];

    public static InstrumentDefined Instrument => new()
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

    public static AccountGateChanged Gate(AccountId account, AccountGate gate) => new()
    {
        Header = MessageHeader.For<AccountGateChanged>(account),
        Gate = gate,
        Reason = GateReason.EvidenceComplete,
        ReconciledUnixNanos = 0,
    };

    /// <summary>
    /// A report of a new order of 0.01 BTC at 50,000 USDT; tests change what they are about.
    /// </summary>
    public static ExecutionReport Report(AccountId account, OrderId order, string clientOrderId)
    {
        Assert.True(ClientOrderId.TryParse(clientOrderId, out ClientOrderId id));
        return new()
        {
            Header = MessageHeader.For<ExecutionReport>(account),
            OrderId = order,
            ClientOrderId = id,
            InstrumentId = BtcUsdt,
            Terms = new OrderTerms
            {
                Side = Side.Buy,
                Type = OrderType.Limit,
                TimeInForce = TimeInForce.GoodTillCancel,
                Price = 5_000_000,
                Quantity = 1_000,
            },
            Status = OrderStatus.New,
            ExecutionType = ExecutionType.New,
            IsMaker = 0,
            Origin = OrderOrigin.Client,
            RejectReason = RejectReason.None,
            CumulativeQuantity = 0,
            CumulativeNotional = 0,
            LastPrice = 0,
            LastQuantity = 0,
            Fee = 0,
            FeeAssetId = AssetId.None,
            ExchangeErrorCode = 0,
            TradeId = 0,
            ExchangeOrderId = 0,
            CorrelationId = 0,
            ExchangeUnixNanos = 0,
            Stages = default,
            ReplyReceived = 0,
        };
    }

    private static AccountDefined Account(AccountId id, string name, MarketFlags markets) => new()
    {
        Header = MessageHeader.For<AccountDefined>(id),
        Name = Text64.Of(name),
        Exchange = Text16.Of("binance"),
        Connector = 0,
        Markets = markets,
        OwnerGroup = 0,
    };

    private static AssetDefined Asset(AssetId id, string name) => new()
    {
        Header = MessageHeader.For<AssetDefined>(),
        AssetId = id,
        Decimals = 8,
        Name = Text16.Of(name),
    };
}
