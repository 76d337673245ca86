using Oms.Domain.Accounts;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Engine.Ledgers;
using Oms.Engine.Orders;
using Oms.Engine.State;

namespace Oms.Engine.Risk;

/// <summary>
/// The ladder of refusals that every order climbs: the first rule that is broken is the answer.
/// </summary>
internal static class RiskEngine
{
    private const int BasisPoints = 10_000;

    /// <param name="now">Unix nanoseconds at which the order came in.</param>
    /// <param name="reservePrice">The price at which a buy is to be reserved.</param>
    public static RejectReason Check(EngineState state, in PlaceOrder order, long now, out long reservePrice)
    {
        reservePrice = 0;
        AccountState? account = state.FindAccount(order.Header.AccountId);
        InstrumentState? instrument = state.FindInstrument(order.InstrumentId);
        if (account is null) return RejectReason.AccountUnknown;
        if (instrument is null) return RejectReason.InstrumentUnknown;
        if (!IsOfExchange(account, instrument)) return RejectReason.InstrumentUnknown;
        if (!IsEnabled(account, instrument)) return RejectReason.MarketNotEnabled;
        if (IsTooOld(in order, state.Limits)) return RejectReason.CommandTooOld;
        if (account.Gate != AccountGate.Ready) return RejectReason.AccountNotReady;
        if (instrument.Filters is not { Tradable: 1 } filters) return RejectReason.InstrumentNotTradable;
        RejectReason ofOrder = CheckOrder(in order, in filters, instrument);
        if (ofOrder != RejectReason.None) return ofOrder;
        if (state.Limits is not { } limits) return RejectReason.ReferencePriceMissing;
        if (instrument.ReferencePrice is not { } top) return RejectReason.ReferencePriceMissing;
        long age = now - top.Header.UnixNanos;
        if (age > limits.ReferencePriceAgeMaxNanos) return RejectReason.ReferencePriceStale;
        int collar = limits.PriceCollarBasisPoints;
        reservePrice = WorstPrice(in order, in top, collar);
        if (IsOutsideCollar(in order, in top, collar)) return RejectReason.PriceOutsideCollar;
        long notional = instrument.NotionalRoundedUp(reservePrice, order.Quantity);
        bool isMarket = order.Type == OrderType.Market;
        if (isMarket && notional < filters.NotionalMin) return RejectReason.NotionalBelowMin;
        if (notional > limits.OrderNotionalMax) return RejectReason.NotionalAboveLimit;
        if (account.LiveOrders >= limits.OpenOrdersPerAccountMax) return RejectReason.OpenOrdersAboveLimit;
        if (!IsAffordable(state, in order, instrument, notional)) return RejectReason.InsufficientBalance;
        if (!state.Orders.HasRoom) return RejectReason.OrderStoreFull;
        return RejectReason.None;
    }

    private static RejectReason CheckOrder(
        in PlaceOrder order, in InstrumentFilters filters, InstrumentState instrument)
    {
        bool isMarket = order.Type == OrderType.Market;
        if (!IsKnownCombination(in order)) return RejectReason.TimeInForceNotAllowed;
        if (!isMarket && order.Price <= 0) return RejectReason.PriceNotPositive;
        if (!isMarket && IsOff(order.Price, filters.TickSize)) return RejectReason.PriceOffTick;
        if (!isMarket && order.Price < filters.PriceMin) return RejectReason.PriceOutsideCollar;
        if (!isMarket && IsAbove(order.Price, filters.PriceMax)) return RejectReason.PriceOutsideCollar;
        if (order.Quantity <= 0) return RejectReason.QuantityNotPositive;
        if (IsOff(order.Quantity, filters.LotSize)) return RejectReason.QuantityOffLot;
        if (order.Quantity < filters.QuantityMin) return RejectReason.QuantityBelowMin;
        if (IsAbove(order.Quantity, filters.QuantityMax)) return RejectReason.QuantityAboveMax;
        if (instrument.BaseAmountOf(order.Quantity) > Amounts.AmountMax) return RejectReason.QuantityAboveMax;
        if (!isMarket && instrument.NotionalRoundedDown(order.Price, order.Quantity) < filters.NotionalMin)
        {
            return RejectReason.NotionalBelowMin;
        }

        return RejectReason.None;
    }

    /// <summary>Both stamps are in the logged message: a replay decides the same.</summary>
    private static bool IsTooOld(in PlaceOrder order, RiskLimits? limits)
    {
        long received = order.Stamps.GatewayReceived;
        long polled = order.Stamps.FastPathPolled;
        return limits is { } bounds && received > 0 && polled > received
            && polled - received > bounds.CommandAgeMaxNanos;
    }

    private static bool IsKnownCombination(in PlaceOrder order) =>
        order.Side is Side.Buy or Side.Sell
        && order.Type is OrderType.Limit or OrderType.Market
        && order.TimeInForce is TimeInForce.GoodTillCancel or TimeInForce.ImmediateOrCancel;

    private static bool IsOfExchange(AccountState account, InstrumentState instrument) =>
        account.Definition.Exchange == instrument.Definition.Exchange;

    private static bool IsEnabled(AccountState account, InstrumentState instrument)
    {
        MarketFlags needed = instrument.Definition.Market switch
        {
            Market.Spot => MarketFlags.Spot,
            Market.Futures => MarketFlags.Futures,
        };
        return (account.Definition.Markets & needed) != 0;
    }

    // A filter of zero is no filter: exchanges state it so.
    private static bool IsOff(long value, long step) => step > 0 && value % step != 0;

    private static bool IsAbove(long value, long max) => max > 0 && value > max;

    /// <summary>
    /// What a buy may have to pay, and a sell at least brings: limit, or best price moved by the collar.
    /// </summary>
    private static long WorstPrice(in PlaceOrder order, in TopOfBook top, int collar) =>
        (order.Type, order.Side) switch
        {
            (OrderType.Limit, _) => order.Price,
            (_, Side.Buy) => CollarAbove(top.AskPrice, collar),
            _ => top.BidPrice,
        };

    /// <summary>
    /// A limit that would pay more than the ask, or take less than the bid, by more than the collar.
    /// </summary>
    private static bool IsOutsideCollar(in PlaceOrder order, in TopOfBook top, int collar) =>
        order.Type == OrderType.Limit
        && (order.Side == Side.Buy
            ? order.Price > CollarAbove(top.AskPrice, collar)
            : order.Price < CollarBelow(top.BidPrice, collar));

    private static long CollarAbove(long price, int collar) =>
        checked((long)(((Int128)price * (BasisPoints + collar)) / BasisPoints));

    private static long CollarBelow(long price, int collar) =>
        checked((long)(((Int128)price * (BasisPoints - collar)) / BasisPoints));

    private static bool IsAffordable(
        EngineState state, in PlaceOrder order, InstrumentState instrument, long notional)
    {
        var assets = InstrumentAssets.Of(instrument.Definition);
        AssetId spent = order.Side == Side.Buy ? assets.Quote : assets.Base;
        long needed = order.Side == Side.Buy ? notional : instrument.BaseAmountOf(order.Quantity);
        BalanceRow row = state.Ledger.Row(order.Header.AccountId, assets.Wallet, spent);
        return row.IsOpened && row.Free >= needed;
    }
}
