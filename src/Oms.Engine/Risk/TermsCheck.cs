using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Engine.State;
using Oms.Matching;

namespace Oms.Engine.Risk;

/// <summary>
/// The rungs of the ladder that look at an order alone: whether its terms mean anything, and the exchange's
/// filters.
/// </summary>
internal static class TermsCheck
{
    public static RejectReason Check(in OrderTerms terms, InstrumentState instrument, long nowUnixNanos)
    {
        RejectReason ofTerms = CheckMeaning(in terms, instrument, nowUnixNanos);
        return ofTerms != RejectReason.None ? ofTerms : CheckFilters(in terms, instrument);
    }

    /// <summary>Whether the exchange would refuse the order.</summary>
    public static RejectReason CheckFilters(in OrderTerms terms, InstrumentState instrument)
    {
        ref readonly InstrumentFilters filters = ref instrument.Filters;
        bool isLimit = !terms.IsAtMarket;
        if (isLimit && IsOff(terms.Price, filters.TickSize)) return RejectReason.PriceOffTick;
        if (IsOff(terms.StopPrice, filters.TickSize)) return RejectReason.PriceOffTick;
        if (!Amounts.IsAmount(terms.Price) || !Amounts.IsAmount(terms.StopPrice)) return RejectReason.PriceOutsideCollar;
        if (!Amounts.IsAmount(terms.TrailingOffset)) return RejectReason.PriceOutsideCollar;
        if (isLimit && terms.Price < filters.PriceMin) return RejectReason.PriceOutsideCollar;
        if (isLimit && IsAbove(terms.Price, filters.PriceMax)) return RejectReason.PriceOutsideCollar;
        if (IsOff(terms.Quantity, filters.LotSize)) return RejectReason.QuantityOffLot;
        if (IsOff(terms.DisplayQuantity, filters.LotSize)) return RejectReason.QuantityOffLot;
        if (terms.Quantity < filters.QuantityMin) return RejectReason.QuantityBelowMin;
        if (IsAbove(terms.Quantity, filters.QuantityMax)) return RejectReason.QuantityAboveMax;
        if (!Amounts.IsAmount(instrument.BaseAmountOf(terms.Quantity))) return RejectReason.QuantityAboveMax;
        if (isLimit && instrument.NotionalRoundedDown(terms.Price, terms.Quantity) < filters.NotionalMin) return RejectReason.NotionalBelowMin;
        return RejectReason.None;
    }

    private static RejectReason CheckMeaning(in OrderTerms terms, InstrumentState instrument, long nowUnixNanos)
    {
        bool isLimit = !terms.IsAtMarket;
        bool isResting = terms.TimeInForce is TimeInForce.GoodTillCancel or TimeInForce.GoodTillDate;
        if (!IsKnown(in terms)) return RejectReason.TimeInForceNotAllowed;
        if (isLimit && terms.Price <= 0) return RejectReason.PriceNotPositive;
        if (terms.Quantity <= 0) return RejectReason.QuantityNotPositive;
        if (!isLimit && terms.Price != 0) return RejectReason.TermsContradictory;
        if (!isLimit && terms.TimeInForce == TimeInForce.GoodTillDate) return RejectReason.TimeInForceNotAllowed;
        if (terms.IsPostOnly && !(isLimit && isResting)) return RejectReason.TermsContradictory;
        if (terms.DisplayQuantity != 0 && !(isLimit && isResting)) return RejectReason.TermsContradictory;
        if (terms.DisplayQuantity < 0 || terms.DisplayQuantity > terms.Quantity) return RejectReason.TermsContradictory;
        if (HasTooManyParts(in terms)) return RejectReason.TermsContradictory;
        if (terms.IsConditional != (terms.TriggerSource != TriggerSource.None)) return RejectReason.TermsContradictory;
        if (!terms.IsConditional && terms.StopPrice != 0) return RejectReason.TermsContradictory;
        bool isTrailing = terms.Type == OrderType.TrailingStop;
        if (terms.TrailingOffset < 0 || isTrailing != (terms.TrailingOffset > 0)) return RejectReason.TermsContradictory;
        if (terms.StopPrice < 0) return RejectReason.PriceNotPositive;
        if (terms.IsConditional && !isTrailing && terms.StopPrice == 0) return RejectReason.PriceNotPositive;
        if (!instrument.IsFutures && terms.PositionSide != PositionSide.Both) return RejectReason.TermsContradictory;
        if (terms.PositionSide != PositionSide.Both && terms.IsReduceOnly) return RejectReason.TermsContradictory;
        bool isDated = terms.TimeInForce == TimeInForce.GoodTillDate;
        if (!isDated && terms.ExpireUnixNanos != 0) return RejectReason.TermsContradictory;
        if (isDated && terms.ExpireUnixNanos <= nowUnixNanos) return RejectReason.ExpiryNotInFuture;
        return RejectReason.None;
    }

    private static bool IsKnown(in OrderTerms terms) =>
        terms.Side is Side.Buy or Side.Sell
        && terms.Type is >= OrderType.Market and <= OrderType.TrailingStop
        && terms.TimeInForce is TimeInForce.GoodTillCancel or TimeInForce.ImmediateOrCancel
            or TimeInForce.FillOrKill or TimeInForce.GoodTillDate
        && terms.PositionSide <= PositionSide.Short
        && terms.TriggerSource <= TriggerSource.BestPrice
        && terms.SelfTradePrevention <= SelfTradePrevention.Decrement
        && terms.Flags <= (OrderFlags.PostOnly | OrderFlags.ReduceOnly);

    /// <summary>An iceberg in more parts than a book shows.</summary>
    private static bool HasTooManyParts(in OrderTerms terms) =>
        terms.DisplayQuantity > 0 && terms.Quantity / terms.DisplayQuantity >= OrderBook.IcebergPartsMax;

    // A filter of zero is no filter: exchanges state it so.
    // A step of one, and a value of zero, need no division.
    private static bool IsOff(long value, long step) => step > 1 && value != 0 && value % step != 0;

    private static bool IsAbove(long value, long max) => max > 0 && value > max;
}
