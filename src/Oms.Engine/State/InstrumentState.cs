using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Domain.Numbers;
using Oms.Domain.Orders;
using Oms.Engine.Holdings;
using Oms.Engine.Triggers;
using Oms.Matching;

namespace Oms.Engine.State;

/// <summary>What the engine knows of an instrument.</summary>
internal sealed class InstrumentState
{
    /// <summary>
    /// 10^30: above it a rescaled product might leave 128 bits, and is beyond every amount anyway.
    /// </summary>
    private static readonly Int128 ProductMax = (Int128)PowersOfTen.Of(15) * PowersOfTen.Of(15);

    private const int FeeUnit = 1_000_000;

    /// <summary>A tenth of the notional: no exchange takes more, or gives back so much.</summary>
    private const int FeeRateMax = FeeUnit / 10;

    private readonly int _productDecimals;

    // From the decimals of a product to those of the quote asset: times the one, by the other.
    private readonly long _notionalFactor = 1;
    private readonly long _notionalDivisor = 1;

    /// <summary>Of price x base amount; 0 when the quote asset has more decimals than that.</summary>
    private readonly long _valueDivisor;
    private readonly long _baseFactor;

    public InstrumentState(
        in InstrumentDefined definition, AssetState baseAsset, AssetState quote, ExchangeState exchange)
    {
        Definition = definition;
        Id = definition.InstrumentId;
        Base = baseAsset;
        Quote = quote;
        Exchange = exchange;
        Wallet = definition.Market;
        IsMatchedHere = definition.IsMatchedHere != 0;
        _productDecimals = definition.PriceDecimals + definition.QuantityDecimals;
        _notionalFactor = PowersOfTen.Of(Math.Max(0, quote.Decimals - _productDecimals));
        _notionalDivisor = PowersOfTen.Of(Math.Max(0, _productDecimals - quote.Decimals));
        int valueDecimals = definition.PriceDecimals + baseAsset.Decimals - quote.Decimals;
        _valueDivisor = valueDecimals < 0 ? 0 : PowersOfTen.Of(valueDecimals);
        _baseFactor = PowersOfTen.Of(baseAsset.Decimals - definition.QuantityDecimals);
    }

    public InstrumentDefined Definition { get; }

    public InstrumentId Id { get; }

    public AssetState Base { get; }

    public AssetState Quote { get; }

    public ExchangeState Exchange { get; }

    /// <summary>Where its trades are settled.</summary>
    public Market Wallet { get; }

    public bool IsFutures => Wallet == Market.Futures;

    public bool IsMatchedHere { get; }

    /// <summary>Until the exchange stated its filters nothing is traded.</summary>
    public bool IsTradable => Filters.Tradable == 1;

    /// <summary>All zeros until the exchange stated them.</summary>
    public InstrumentFilters Filters;

    public MarketPrices Prices;

    /// <summary>Accounts that ever traded it.</summary>
    public List<Holding> Holders { get; } = [];

    public TriggerWatch Watch { get; } = new();

    /// <summary>
    /// Of what is matched here its book; of others our own orders at the exchange. Null until the first.
    /// </summary>
    public OrderBook? Book { get; set; }

    /// <summary>Of the last trade that was matched here.</summary>
    public long TradeIdLast { get; set; }

    /// <summary>
    /// Of futures, what live orders of all accounts may still trade that may only make a position smaller.
    /// </summary>
    public Int128 OpenReductions { get; set; }

    /// <summary>When holdings are valued anew at the earliest, Unix nanoseconds.</summary>
    public long NextValuationUnixNanos { get; set; }

    /// <summary>A price changed since holdings were valued.</summary>
    public bool IsValuationDue { get; set; }

    /// <summary>
    /// Price x quantity at the quote asset's decimals, rounded up: what an order may cost.
    /// <see cref="long.MaxValue"/> when it is more: larger than any limit.
    /// </summary>
    public long NotionalRoundedUp(long price, long quantity) =>
        TryNotional(price, quantity, out long notional, out long rest)
            ? notional + (rest > 0 ? 1 : 0)
            : NotionalOfMuch(price, quantity, isRoundedUp: true);

    /// <summary>
    /// Price x quantity at the quote asset's decimals, rounded down: what an order may bring.
    /// </summary>
    public long NotionalRoundedDown(long price, long quantity) =>
        TryNotional(price, quantity, out long notional, out long rest)
            ? notional - (rest < 0 ? 1 : 0)
            : NotionalOfMuch(price, quantity, isRoundedUp: false);

    /// <summary>What a fill costs a buyer, or brings a seller, rounded against both.</summary>
    public long NotionalOf(Side side, long price, long quantity) =>
        side == Side.Buy ? NotionalRoundedUp(price, quantity) : NotionalRoundedDown(price, quantity);

    /// <summary>The fee on a trade that is matched here; negative is a rebate. Rounded against its payer.
    /// </summary>
    public long FeeOf(long notional, bool isMaker) =>
        FeeAt(isMaker ? Filters.MakerFee : Filters.TakerFee, notional);

    /// <summary>The larger of the fees that a trade may cost.</summary>
    public long FeeAtMost(long notional) => notional >= 0
        ? Math.Max(0, FeeAt(Math.Max(Filters.MakerFee, Filters.TakerFee), notional))
        : Math.Max(0, FeeAt(Math.Min(Filters.MakerFee, Filters.TakerFee), notional));

    private static long FeeAt(int filterRate, long notional)
    {
        int rate = Math.Clamp(filterRate, -FeeRateMax, FeeRateMax);
        if (Math.BigMul(notional, rate, out long product) == product >> 63)
        {
            (long ceiling, long rest) = Math.DivRem(product, FeeUnit);
            return Math.Clamp(rest > 0 ? ceiling + 1 : ceiling, -Amounts.AmountMax, Amounts.AmountMax);
        }

        return Amounts.Clamp(Rounding.DivideRoundingUp((Int128)notional * rate, FeeUnit));
    }

    /// <summary>
    /// The value of an amount of the base asset, at the quote asset's decimals, rounded down.
    /// </summary>
    public long ValueOfBase(long price, long baseAmount)
    {
        if (Math.BigMul(price, baseAmount, out long low) == low >> 63 && _valueDivisor > 0)
        {
            (long value, long rest) = Math.DivRem(low, _valueDivisor);
            return rest < 0 ? value - 1 : value;
        }

        Int128 product = Math.BigMul(price, baseAmount);
        return product > ProductMax || product < -ProductMax
            ? (product < 0 ? -long.MaxValue : long.MaxValue)
            : Amounts.Saturated(Rounding.RescaleRoundingDown(
                product, Definition.PriceDecimals + Base.Decimals, Quote.Decimals));
    }

    /// <summary>
    /// A quantity as an amount of the base asset; exact, since an asset has no fewer decimals.
    /// <see cref="long.MaxValue"/> when it is more.
    /// </summary>
    public long BaseAmountOf(long quantity) => Math.BigMul(quantity, _baseFactor, out long amount) == amount >> 63
        ? amount
        : (quantity < 0 ? -long.MaxValue : long.MaxValue);

    /// <summary>An amount of the base asset as a quantity that may be ordered, rounded down to the lot.
    /// </summary>
    public long LotsIn(long baseAmount)
    {
        long quantity = baseAmount / _baseFactor;
        return Filters.LotSize > 0 ? quantity - (quantity % Filters.LotSize) : quantity;
    }

    /// <summary>
    /// The exact product rescaled towards zero, and what that lost; false when 64 bits do not hold it on the
    /// way.
    /// </summary>
    private bool TryNotional(long price, long quantity, out long notional, out long rest)
    {
        (notional, rest) = (0, 0);
        if (Math.BigMul(price, quantity, out long product) != product >> 63)
        {
            return false;
        }

        if (_notionalDivisor > 1)
        {
            (notional, rest) = Math.DivRem(product, _notionalDivisor);
            return true;
        }

        return Math.BigMul(product, _notionalFactor, out notional) == notional >> 63;
    }

    private long NotionalOfMuch(long price, long quantity, bool isRoundedUp)
    {
        Int128 product = Math.BigMul(price, quantity);
        if (product > ProductMax)
        {
            return long.MaxValue;
        }

        return Amounts.Saturated(isRoundedUp
            ? Rounding.RescaleRoundingUp(product, _productDecimals, Quote.Decimals)
            : Rounding.RescaleRoundingDown(product, _productDecimals, Quote.Decimals));
    }
}
