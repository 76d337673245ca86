using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Domain.Time;
using Oms.Engine.Holdings;
using Oms.Engine.Ledgers;
using Oms.Engine.Orders;
using Oms.Engine.Risk;
using Oms.Engine.State;

namespace Oms.Engine.Execution;

/// <summary>Books fills: to their order, to balances and positions, and to whatever hangs on them.</summary>
internal sealed class FillBooking(
    EngineState state, OrderReports reports, Reservations reservations, Valuation valuation)
{
    /// <summary>By how much the exchange's clock is trusted to agree with FastPath's.</summary>
    private const long ClockDifferenceNanosMax = 10 * UnixNanos.PerSecond;

    /// <summary>Books a trade of an order that is not booked yet.</summary>
    public void Book(int slot, in TradeSeen trade, Holding holding)
    {
        ref OrderState order = ref state.Orders[slot];
        InstrumentState instrument = holding.Instrument;
        long notional = instrument.NotionalOf(order.Terms.Side, trade.Price, trade.Quantity);
        state.LateFills += order.IsFinal || trade.Quantity > order.LeavesQuantity ? 1 : 0;
        order.CumulativeQuantity += trade.Quantity;
        order.CumulativeNotional += notional;
        bool isComplete = order.LeavesQuantity <= 0
            && !order.Has(OrderMarks.Replacing | OrderMarks.TermsUnknown);
        _ = reports.Advance(slot, isComplete ? OrderEvent.CompletingFill : OrderEvent.PartialFill);
        holding.Account.FilledSinceRoundBegan = true;
        reports.ReportFill(slot, in trade);
        reservations.Adjust(slot, holding);
        Position position = holding.Position(order.Terms.PositionSide);
        long before = position.Quantity;
        BalanceRow? feeRow = instrument.IsFutures
            ? BookFutures(in order, in trade, holding, position, notional)
            : BookSpot(ref order, in trade, holding, position, notional);
        // What is free depends on what is not realised.
        valuation.Revalue(holding);
        ReportBalances(in order, holding, feeRow);
        reports.ReportPosition(holding, position);
        if (order.Contingency != Contingency.None)
        {
            state.Agenda.Add(Consequence.Filled, order.OrderId.Value);
        }

        state.NoteReduced(holding, position.Side, before);
    }

    /// <summary>
    /// Whether the trade is of the order's instrument, and leaves every sum where 64 bits hold it: a report
    /// that cannot be true must not stop the engine, which would read it again at every start.
    /// </summary>
    public bool IsBookable(in OrderState order, in TradeSeen trade, Holding holding)
    {
        InstrumentState instrument = holding.Instrument;
        return trade.Price > 0
            && trade.Quantity > 0
            && trade.InstrumentId == order.InstrumentId
            && Amounts.IsAmount(trade.Fee)
            && Amounts.CanBeAdded(trade.Quantity, order.CumulativeQuantity)
            && Amounts.CanBeAdded(trade.Fee, FeeRow(in trade, holding)?.Total ?? 0)
            && Amounts.CanBeAdded(instrument.BaseAmountOf(trade.Quantity), holding.BaseRow.Total)
            && Amounts.CanBeAdded(
                instrument.NotionalOf(order.Terms.Side, trade.Price, trade.Quantity), holding.QuoteRow.Total)
            && Amounts.CanBeAdded(instrument.ValueOfBase(trade.Price, trade.Fee), order.CumulativeNotional)
            && holding.Position(order.Terms.PositionSide).CanTrade;
    }

    private BalanceRow? BookSpot(
        ref OrderState order, in TradeSeen trade, Holding holding, Position position, long notional)
    {
        InstrumentState instrument = holding.Instrument;
        int sign = order.Terms.Side == Side.Buy ? 1 : -1;
        long baseAmount = sign * instrument.BaseAmountOf(trade.Quantity);
        state.Ledger.Post(holding.BaseRow, baseAmount, ContraKind.Trades);
        state.Ledger.Post(holding.QuoteRow, -sign * notional, ContraKind.Trades);
        _ = position.Trade(baseAmount, sign * notional);
        BalanceRow? feeRow = PayFee(in trade, holding, position);
        if (feeRow == holding.BaseRow)
        {
            order.BaseFees += trade.Fee;
        }

        return feeRow;
    }

    /// <summary>Of a future only profit, loss and fees change hands.</summary>
    private BalanceRow? BookFutures(
        in OrderState order, in TradeSeen trade, Holding holding, Position position, long notional)
    {
        int sign = order.Terms.Side == Side.Buy ? 1 : -1;
        long amount = holding.Instrument.BaseAmountOf(trade.Quantity);
        long realized = position.Trade(sign * amount, sign * notional);
        if (order.Origin == OrderOrigin.External && MayBeKnown(holding.Account, in trade))
        {
            position.DoubtfulBuys = Amounts.Sum(position.DoubtfulBuys, sign > 0 ? amount : 0);
            position.DoubtfulSells = Amounts.Sum(position.DoubtfulSells, sign > 0 ? 0 : amount);
        }

        if (trade.TradeId < position.NewestTradeId)
        {
            // At the exchange it came before what is booked: what each of them realised may be another there.
            holding.QuoteRow.IsCostDoubtful = true;
        }

        position.NewestTradeId = Math.Max(position.NewestTradeId, trade.TradeId);
        state.Ledger.Post(holding.QuoteRow, realized, ContraKind.Trades);
        BalanceRow? feeRow = PayFee(in trade, holding, position);
        reservations.AdjustMargin(holding);
        return feeRow;
    }

    /// <summary>
    /// Whether a trade may be older than the position that the exchange stated first: by the exchange's time where that
    /// is known, as well as two clocks agree.
    /// </summary>
    private static bool MayBeKnown(AccountState account, in TradeSeen trade) =>
        !account.ArePositionsKnown
        || trade.ExchangeUnixNanos == 0
        || trade.ExchangeUnixNanos <= account.PositionsKnownAtUnixNanos + ClockDifferenceNanosMax;

    private void ReportBalances(in OrderState order, Holding holding, BalanceRow? feeRow)
    {
        bool isSpot = !holding.Instrument.IsFutures;
        if (isSpot)
        {
            reports.ReportBalance(holding.BaseRow, BalanceChange.Filled, order.OrderId);
        }

        reports.ReportBalance(holding.QuoteRow, BalanceChange.Filled, order.OrderId);
        bool isTold = feeRow is null || feeRow == holding.QuoteRow || (isSpot && feeRow == holding.BaseRow);
        if (!isTold)
        {
            reports.ReportBalance(feeRow!, BalanceChange.Filled, order.OrderId);
        }
    }

    private BalanceRow? PayFee(in TradeSeen trade, Holding holding, Position position)
    {
        BalanceRow? row = FeeRow(in trade, holding);
        if (row is null)
        {
            return null;
        }

        state.Ledger.Post(row, -trade.Fee, ContraKind.Fees);
        if (row == holding.BaseRow && !holding.Instrument.IsFutures)
        {
            position.PayBaseFee(trade.Fee, holding.Instrument.ValueOfBase(trade.Price, trade.Fee));
        }
        else if (row == holding.QuoteRow)
        {
            position.PayQuoteFee(trade.Fee);
        }
        else if (valuation.TryConvert(row.Asset, trade.Fee, holding.Instrument.Quote, out long value))
        {
            position.FeeValue += value;
        }
        else
        {
            holding.Account.IsProfitAndLossUnknown = true;
        }

        return row;
    }

    /// <summary>The row that a fee is taken from; null where there is no fee.</summary>
    private BalanceRow? FeeRow(in TradeSeen trade, Holding holding)
    {
        if (trade.Fee == 0 || trade.FeeAssetId.IsNone)
        {
            return null;
        }

        if (trade.FeeAssetId == holding.QuoteRow.Asset.Id)
        {
            return holding.QuoteRow;
        }

        if (trade.FeeAssetId == holding.BaseRow.Asset.Id)
        {
            return holding.BaseRow;
        }

        return state.FindAsset(trade.FeeAssetId) is { } asset
            ? state.Ledger.TryRow(holding.Account, holding.Instrument.Wallet, asset)
            : null;
    }
}
