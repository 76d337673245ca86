using Oms.Domain.Instruments;
using Oms.Domain.Numbers;
using Oms.Domain.Time;
using Oms.Engine.Holdings;
using Oms.Engine.Ledgers;
using Oms.Engine.State;

namespace Oms.Engine.Risk;

/// <summary>
/// What holdings are worth in the valuation asset, at 8 decimals, and the sums over accounts, groups and the
/// firm: kept up with each order, fill and price, so that a check is a comparison.
/// </summary>
internal sealed class Valuation(EngineState state, Outbox outbox)
{
    public const int Decimals = 8;

    private const long IntervalNanos = 10 * UnixNanos.PerMillisecond;

    /// <summary>
    /// What an amount of an asset is worth; false when its price is not known.
    /// </summary>
    public bool TryValue(AssetState asset, long amount, out long value)
    {
        value = 0;
        if (amount == 0)
        {
            return true;
        }

        if (asset.Id == state.Limits.ValuationAssetId)
        {
            value = Rescaled(amount, asset.Decimals);
            return true;
        }

        if (asset.ValuedBy is not { Prices.Reference: > 0 } valuing)
        {
            return false;
        }

        value = Rescaled(valuing.ValueOfBase(valuing.Prices.Reference, amount), valuing.Quote.Decimals);
        return true;
    }

    /// <summary>What an amount of one asset is worth in another; false when a price is not known.</summary>
    public bool TryConvert(AssetState asset, long amount, AssetState other, out long converted)
    {
        converted = amount;
        if (asset == other)
        {
            return true;
        }

        if (!TryValue(asset, amount, out long value)
            || !TryValue(other, PowersOfTen.Of(other.Decimals), out long worthOfOne)
            || worthOfOne <= 0)
        {
            return false;
        }

        converted = Amounts.Clamp(
            Rounding.DivideRoundingUp((Int128)value * PowersOfTen.Of(other.Decimals), worthOfOne));
        return true;
    }

    /// <summary>What an amount of the base asset of an instrument is worth at its reference price.</summary>
    public bool TryValueBase(InstrumentState instrument, long baseAmount, out long value)
    {
        value = 0;
        long price = instrument.Prices.Reference;
        return baseAmount == 0
            || (price > 0 && TryValue(instrument.Quote, instrument.ValueOfBase(price, baseAmount), out value));
    }

    /// <summary>What all balances of an account are worth; false when a price is not known.</summary>
    public bool TryValueBalances(AccountState account, out Int128 value)
    {
        value = 0;
        foreach (BalanceRow row in account.Balances)
        {
            if (!TryValue(row.Asset, row.Total, out long worth))
            {
                return false;
            }

            value += worth;
        }

        return true;
    }

    /// <summary>What the futures wallets of an account are worth, with what is open at its mark.</summary>
    public Int128 FuturesEquity(AccountState account)
    {
        Int128 equity = 0;
        foreach (BalanceRow row in account.Balances)
        {
            if (row.Wallet == Market.Futures
                && TryValue(row.Asset, Amounts.Saturated(row.Total + row.Unrealized), out long worth))
            {
                equity += worth;
            }
        }

        return equity;
    }

    /// <summary>
    /// A price changed: values what depends on it, at most every 10 ms of an instrument; what comes sooner is
    /// valued then.
    /// </summary>
    public void PriceChanged(InstrumentState instrument)
    {
        if (instrument.IsValuationDue)
        {
            return;
        }

        if (outbox.Now >= instrument.NextValuationUnixNanos)
        {
            ValueAll(instrument, outbox.Now);
        }
        else
        {
            instrument.IsValuationDue = true;
            state.DueValuations.Add(instrument);
            state.NextValuationUnixNanos =
                Math.Min(state.NextValuationUnixNanos, instrument.NextValuationUnixNanos);
        }
    }

    /// <summary>Values what waited for its time, if that has come.</summary>
    public void ValueWhatIsDue()
    {
        state.NextValuationUnixNanos = long.MaxValue;
        int kept = 0;
        for (int index = 0; index < state.DueValuations.Count; index++)
        {
            InstrumentState instrument = state.DueValuations[index];
            if (outbox.Now >= instrument.NextValuationUnixNanos)
            {
                // Counted from when it was due: a price that comes now is not made to wait for this one.
                ValueAll(instrument, instrument.NextValuationUnixNanos);
                continue;
            }

            state.DueValuations[kept++] = instrument;
            state.NextValuationUnixNanos =
                Math.Min(state.NextValuationUnixNanos, instrument.NextValuationUnixNanos);
        }

        state.DueValuations.RemoveRange(kept, state.DueValuations.Count - kept);
    }

    /// <summary>Values every holding: in what, or by whose price, has changed.</summary>
    public void ValueEverything()
    {
        foreach (Holding holding in state.Holdings.All)
        {
            Revalue(holding);
        }
    }

    /// <summary>Values a holding anew after its position, or its price, changed.</summary>
    public void Revalue(Holding holding)
    {
        AccountState account = holding.Account;
        holding.ValuedQuantity = holding.QuantityAtWorst();
        bool isKnown = TryRevalueExposure(holding);
        NoteKnown(holding, isKnown, TryRevalueProfit(holding));
        if (account.HasLostTooMuch && !account.IsHalted)
        {
            state.Agenda.Add(Consequence.LossReached, account.Id.Value);
        }
    }

    /// <summary>
    /// Values a holding anew after a transfer changed its position: what it takes along is no profit or loss of the
    /// day.
    /// </summary>
    public void RevalueMoved(Holding holding)
    {
        AccountState account = holding.Account;
        Int128 before = account.ProfitAndLoss;
        holding.ValuedQuantity = holding.QuantityAtWorst();
        bool isKnown = TryRevalueExposure(holding);
        NoteKnown(holding, isKnown, TryRevalueProfit(holding));
        account.ProfitAndLossAtMidnight += account.ProfitAndLoss - before;
    }

    /// <summary>Values a holding anew after its open orders changed.</summary>
    public void OpenOrdersChanged(Holding holding)
    {
        long quantity = holding.QuantityAtWorst();
        if (quantity != holding.ValuedQuantity)
        {
            holding.ValuedQuantity = quantity;
            NoteKnown(holding, TryRevalueExposure(holding), holding.IsProfitKnown);
        }
    }

    private bool TryRevalueExposure(Holding holding)
    {
        AccountState account = holding.Account;
        bool isKnown = TryValueBase(holding.Instrument, holding.ValuedQuantity, out long value);
        long change = value - holding.Value;
        if (change != 0)
        {
            holding.Value = value;
            account.Value += change;
            account.FuturesValue += holding.Instrument.IsFutures ? change : 0;
            state.Firm.Value += change;
            account.Group?.Value += change;
        }

        return isKnown;
    }

    private void NoteKnown(Holding holding, bool isExposureKnown, bool isProfitKnown)
    {
        bool isUnvalued = !(isExposureKnown && isProfitKnown);
        if (holding.IsUnvalued != isUnvalued)
        {
            int change = isUnvalued ? 1 : -1;
            holding.IsUnvalued = isUnvalued;
            holding.Account.UnvaluedHoldings += change;
            holding.Account.Group?.UnvaluedHoldings += change;
            state.Firm.UnvaluedHoldings += change;
        }

        holding.IsProfitKnown = isProfitKnown;
    }

    /// <summary>
    /// Values the holdings of an instrument, and of those whose prices are in an asset that it values.
    /// </summary>
    private void ValueAll(InstrumentState instrument, long dueUnixNanos)
    {
        instrument.IsValuationDue = false;
        instrument.NextValuationUnixNanos = dueUnixNanos + IntervalNanos;
        foreach (Holding holding in instrument.Holders)
        {
            Revalue(holding);
        }

        if (instrument.Base.ValuedBy != instrument)
        {
            return;
        }

        foreach (InstrumentState other in instrument.Base.QuotedBy)
        {
            foreach (Holding holding in other.Holders)
            {
                Revalue(holding);
            }
        }
    }

    /// <summary>Values profit and loss; what is not known stays as it was. False when a price is not known.
    /// </summary>
    private bool TryRevalueProfit(Holding holding)
    {
        if (!holding.HasTraded)
        {
            return true;
        }

        if (!TryProfitOf(holding, out long profit)
            || !TryValue(holding.Instrument.Quote, profit, out long value))
        {
            return false;
        }

        holding.Account.ProfitAndLoss += value - holding.ProfitAndLoss;
        holding.ProfitAndLoss = value;
        return true;
    }

    /// <summary>Realised, unrealised, fees and funding, in the quote asset.</summary>
    private bool TryProfitOf(Holding holding, out long profit)
    {
        long price = holding.Instrument.Prices.Reference;
        Int128 settled = 0;
        Int128 unrealized = 0;
        bool isKnown = true;
        foreach (Position position in holding.Positions)
        {
            settled += (Int128)position.RealizedPnl - position.FeeValue + position.Funding;
            isKnown &= price > 0 || position.Quantity == 0;
            unrealized += (Int128)holding.Instrument.ValueOfBase(price, position.Quantity) - position.OpenNotional;
        }

        profit = Amounts.Clamp(settled + unrealized);
        if (isKnown && holding.Instrument.IsFutures)
        {
            SetUnrealized(holding, Amounts.Clamp(unrealized));
        }

        return isKnown;
    }

    private void SetUnrealized(Holding holding, long unrealized)
    {
        if (holding.Unrealized != unrealized)
        {
            holding.QuoteRow.Unrealized += (Int128)unrealized - holding.Unrealized;
            holding.Unrealized = unrealized;
            state.Ledger.Touch(holding.QuoteRow);
        }
    }

    private static long Rescaled(long amount, int decimals) => decimals == Decimals
        ? Amounts.Clamp(amount)
        : Amounts.Clamp(Rounding.RescaleRoundingDown(amount, decimals, Decimals));
}
