using Oms.Domain.Configuration;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Journal;
using Oms.Simulation.World;

namespace Oms.Simulation.Checks.Exposures;

/// <summary>
/// Counts from the log alone what accounts hold, have open and have reserved, and what all of it is worth at worst:
/// what clients asked for, the prices, and the reports; slow, from scratch, and with nothing of the engine's. And holds
/// each order that was accepted against the limits.
/// </summary>
internal sealed class ExposureCount
{
    public const string Name = "7 exposure bound";

    private readonly Dictionary<(AccountId, InstrumentId), CountedHolding> _holdings = [];
    private readonly Dictionary<OrderId, CountedOrder> _orders = [];
    private readonly Dictionary<(AccountId, ClientOrderId), int> _alternatives = [];
    private readonly HashSet<(AccountId, ClientOrderId)> _successors = [];
    private readonly HashSet<(AccountId, ClientOrderId)> _legs = [];
    private readonly Dictionary<(AccountId, long Correlation), long> _asked = [];
    private readonly Dictionary<(AccountId, Market, AssetId), long> _seen = [];
    private readonly HashSet<(AccountId Account, long Number, long Amount)> _payments = [];
    private readonly HashSet<(AccountId, long Number, long Amount)> _booked = [];
    private readonly Dictionary<(AccountId, InstrumentId, PositionSide), long> _paid = [];
    private readonly Dictionary<(AccountId, Market, AssetId), long> _totals = [];
    private readonly Dictionary<(AccountId, InstrumentId, PositionSide), long> _stated = [];
    private readonly Desk _desk;
    private readonly bool _hasFirmLimit;
    private readonly Dictionary<(AccountId, InstrumentId, PositionSide), PositionChanged> _changed = [];
    private readonly AcceptedOrders _accepted;
    private int _lists;
    private long _unixNanos;

    public ExposureCount(Desk desk, bool hasFirmLimit)
    {
        (_desk, _hasFirmLimit) = (desk, hasFirmLimit);
        _accepted = new(desk);
        Losses = new(this, desk);
        Transfers = new(this);
        Leverages = new(desk);
    }

    public PriceWindow Prices { get; } = new();

    public CountedLosses Losses { get; }

    public CountedTransfers Transfers { get; }

    public CountedLeverages Leverages { get; }

    /// <summary>
    /// Takes in a whole log, moment by moment: the inputs of a batch stand before all that came of them.
    /// </summary>
    /// <param name="change">What is taken in instead of a record: a test that this can fail.</param>
    public static ExposureCount OfLog(
        Desk desk, bool hasFirmLimit, DataFolder data, LogHead head, Func<byte[], byte[]>? change = null)
    {
        var records = new List<byte[]>();
        ReplayDeterminism.ReadAll(data, head, record => records.Add(record.ToArray()));
        var count = new ExposureCount(desk, hasFirmLimit);
        foreach (byte[] record in records.OrderBy(record => MessageBytes.Header(record).UnixNanos))
        {
            count.Take(change is null ? record : change(record));
        }

        count.EndMoment(count._unixNanos + 1);
        return count;
    }

    public CountedHolding Holding(AccountId account, InstrumentId instrument)
    {
        if (!_holdings.TryGetValue((account, instrument), out CountedHolding? holding))
        {
            holding = new(Venue.IsFutures(instrument));
            _holdings.Add((account, instrument), holding);
        }

        return holding;
    }

    public int LiveOrders(AccountId account) =>
        _holdings.Where(each => each.Key.Item1 == account).Sum(each => each.Value.Orders.Count);

    /// <summary>Whether what the orders of an account may do depends on what became of a change.</summary>
    public bool IsChanging(AccountId account) => _holdings
        .Any(each => each.Key.Item1 == account && each.Value.Orders.Any(order => order.WasToChange));

    public long Total(AccountId account, Market wallet, AssetId asset) =>
        _totals.GetValueOrDefault((account, wallet, asset)) + Transfers.Moved(account, wallet, asset);

    /// <summary>What positions and open orders of accounts are worth at worst; what is matched inside is not counted.
    /// </summary>
    /// <param name="priceOf">Of an instrument.</param>
    public long Value(IEnumerable<AccountId> accounts, Func<InstrumentId, long> priceOf) =>
        (from account in accounts
         from instrument in _desk.Listed
         let holding = _holdings.GetValueOrDefault((account, instrument))
         where holding is not null
         select holding.AtWorst * priceOf(instrument) / Venue.PriceUnit).Sum();

    /// <summary>All that an account gained, at the last prices.</summary>
    public long Profit(AccountId account) =>
        _desk.Listed.Sum(instrument => Holding(account, instrument).ProfitAt(Prices.Last(instrument)));

    /// <summary>The least that the futures of an account may be worth at worst, and the most that pays for them.
    /// </summary>
    private (long Value, long Equity) Futures(AccountId account, long unixNanos)
    {
        long value = 0;
        long equity = Total(account, Market.Futures, Venue.Usdt);
        foreach (InstrumentId instrument in _desk.Listed.Where(Venue.IsFutures))
        {
            CountedHolding holding = Holding(account, instrument);
            Span price = Prices.Of(instrument, unixNanos);
            value += holding.AtWorst * price.Least / Venue.PriceUnit;
            equity += Math.Max(holding.UnrealizedAt(price.Least), holding.UnrealizedAt(price.Most));
        }

        return (value, equity);
    }

    /// <summary>Takes in the next record of the log.</summary>
    public void Take(ReadOnlySpan<byte> record)
    {
        EndMoment(MessageBytes.Header(record).UnixNanos);
        switch (MessageBytes.Header(record).Kind)
        {
            case MessageKind.TopOfBook:
                Prices.Take(in MessageBytes.As<TopOfBook>(record));
                Losses.NotePrice(MessageBytes.As<TopOfBook>(record).InstrumentId, _unixNanos);
                break;
            case MessageKind.MarkPrice:
                Prices.Take(in MessageBytes.As<MarkPrice>(record));
                Losses.NotePrice(MessageBytes.As<MarkPrice>(record).InstrumentId, _unixNanos);
                break;
            case MessageKind.HaltChanged:
                Losses.Hear(in MessageBytes.As<HaltChanged>(record));
                break;
            case MessageKind.AmendOrder:
                ref readonly AmendOrder amend = ref MessageBytes.As<AmendOrder>(record);
                _asked[(amend.Header.AccountId, amend.CorrelationId)] = amend.Quantity;
                break;
            case MessageKind.BalanceSeen:
                ref readonly BalanceSeen balance = ref MessageBytes.As<BalanceSeen>(record);
                _seen[(balance.Header.AccountId, balance.Market, balance.AssetId)] = balance.Free + balance.Locked;
                break;
            case MessageKind.FundingSeen:
                ref readonly FundingSeen funding = ref MessageBytes.As<FundingSeen>(record);
                _ = _payments.Add((funding.Header.AccountId, funding.FundingId, funding.Amount));
                break;
            case MessageKind.PlaceOrderList:
                NoteList(in MessageBytes.As<PlaceOrderList>(record));
                break;
            case MessageKind.ReplaceOrder:
                ref readonly ReplaceOrder replace = ref MessageBytes.As<ReplaceOrder>(record);
                _ = _successors.Add((replace.Header.AccountId, replace.ClientOrderId));
                break;
            case MessageKind.ExecutionReport:
                Take(in MessageBytes.As<ExecutionReport>(record));
                break;
            case MessageKind.DifferenceFound:
                ref readonly DifferenceFound found = ref MessageBytes.As<DifferenceFound>(record);
                _stated[(found.Header.AccountId, found.InstrumentId, found.PositionSide)] = found.There;
                break;
            case MessageKind.PositionSeen:
                Leverages.Take(in MessageBytes.As<PositionSeen>(record));
                break;
            case MessageKind.AccountGateChanged:
                Leverages.Take(in MessageBytes.As<AccountGateChanged>(record));
                break;
            case MessageKind.TransferReport:
                Transfers.Hear(in MessageBytes.As<TransferReport>(record));
                break;
            case MessageKind.PositionChanged:
                Take(in MessageBytes.As<PositionChanged>(record));
                break;
            case MessageKind.BalanceChanged:
                Take(in MessageBytes.As<BalanceChanged>(record));
                break;
            default:
                break;
        }
    }

    private void EndMoment(long nextUnixNanos)
    {
        if (nextUnixNanos > _unixNanos)
        {
            foreach (PositionChanged changed in _changed.Values)
            {
                Check(in changed);
            }

            _changed.Clear();
            Losses.EndMoment(_unixNanos, nextUnixNanos);
            _unixNanos = nextUnixNanos;
        }
    }

    private void NoteList(in PlaceOrderList list)
    {
        AccountId account = list.Header.AccountId;
        _lists++;
        _ = _legs.Add((account, list.Second.ClientOrderId));
        _ = _legs.Add((account, list.Third.ClientOrderId));
        if (list.Contingency == Contingency.OneCancelsOther)
        {
            _alternatives[(account, list.First.ClientOrderId)] = _lists;
            _alternatives[(account, list.Second.ClientOrderId)] = _lists;
        }
        else if (list.Contingency == Contingency.Bracket)
        {
            _alternatives[(account, list.Second.ClientOrderId)] = _lists;
            _alternatives[(account, list.Third.ClientOrderId)] = _lists;
        }
    }

    private void Take(in ExecutionReport report)
    {
        AccountId account = report.Header.AccountId;
        if (report.OrderId.IsNone || report.ExecutionType == ExecutionType.OrderStatus)
        {
            return;
        }

        CountedHolding holding = Holding(account, report.InstrumentId);
        OrderTerms terms = report.Terms;
        long amount = Venue.BaseAmount(report.InstrumentId, terms.Quantity);
        bool isReducing = holding.IsReducible(in terms, amount);
        Exposure before = Measured(in report, holding);
        bool isNew = Note(in report, holding);
        Exposure after = Measured(in report, holding);
        if (report.ExecutionType == ExecutionType.Trade)
        {
            Fill(in report, holding);
        }
        else if (report.Origin != OrderOrigin.External && report.ExecutionType != ExecutionType.Rejected)
        {
            // The other leg of a list was accepted with the first, which may have filled before this one is reported,
            // or gives this one its size; and no limit stops what may only reduce.
            CountedOrder order = _orders[report.OrderId];
            bool isAccepted = isNew && order.IsCommand;
            bool isOtherLeg = !order.IsCommand
                && ((isNew && order.Alternative != 0) || report.ExecutionType == ExecutionType.Restated);
            bool isFree = order.IsClosing || isOtherLeg;
            Exposure risen = isFree ? before : after;
            _accepted.Check(in report, isAccepted, before, risen, LiveOrders(account));
            if (risen.Quantity > before.Quantity || (isAccepted && !order.IsClosing && !isReducing))
            {
                Losses.CheckAccepted(account, report.Header.UnixNanos);
            }
        }
    }

    private Exposure Measured(in ExecutionReport report, CountedHolding holding)
    {
        AccountId account = report.Header.AccountId;
        long unixNanos = report.Header.UnixNanos;
        AccountId[] pair = [.. _desk.Routed.Where(each => Venue.OwnerOf(each) == Venue.OwnerOf(account))];
        long Lowest(InstrumentId instrument) => Prices.Of(instrument, unixNanos).Least;
        (long futures, long equity) = Futures(account, unixNanos);
        return new(
            holding.AtWorst,
            Value([account], Lowest),
            Value(pair, Lowest),
            _hasFirmLimit ? Value(_desk.Routed, Lowest) : 0,
            futures,
            equity);
    }

    /// <returns>Whether it is the first report of its order.</returns>
    private bool Note(in ExecutionReport report, CountedHolding holding)
    {
        if (_orders.TryGetValue(report.OrderId, out CountedOrder? order))
        {
            order.Last = report;
            NoteChange(in report, order);
            if (!order.IsLive)
            {
                _ = holding.Orders.Remove(order);
            }

            return false;
        }

        (AccountId, ClientOrderId) name = (report.Header.AccountId, report.ClientOrderId);
        bool isSuccessor = _successors.Contains(name);
        bool isCommand = report.Origin == OrderOrigin.Client && !isSuccessor && !_legs.Contains(name);
        order = new(in report, _alternatives.GetValueOrDefault(name), isCommand, isSuccessor);
        _orders.Add(report.OrderId, order);
        holding.Orders.Add(order);
        if (!order.IsLive)
        {
            _ = holding.Orders.Remove(order);
        }

        return true;
    }

    /// <summary>
    /// A change that is asked for may be made at any moment, also while a cancel waits for its answer, until somebody
    /// says what became of it.
    /// </summary>
    private void NoteChange(in ExecutionReport report, CountedOrder order)
    {
        if (report.ExecutionType == ExecutionType.PendingReplace)
        {
            order.WasToChange = true;
            order.AskedQuantity = _asked.GetValueOrDefault((report.Header.AccountId, report.CorrelationId));
        }
        else if (report.ExecutionType == ExecutionType.Replaced
            || (report.ExecutionType == ExecutionType.Restated && report.Status != OrderStatus.PendingReplace))
        {
            order.AskedQuantity = 0;
        }
    }

    private void Fill(in ExecutionReport fill, CountedHolding holding)
    {
        AccountId account = fill.Header.AccountId;
        InstrumentId instrument = fill.InstrumentId;
        int sign = fill.Terms.IsBuy ? 1 : -1;
        long amount = sign * Venue.BaseAmount(instrument, fill.LastQuantity);
        long notional = sign * Venue.Notional(instrument, fill.LastPrice, fill.LastQuantity);
        bool isFutures = Venue.IsFutures(instrument);
        Market wallet = isFutures ? Market.Futures : Market.Spot;
        long gained = holding.Position(fill.Terms.PositionSide).Trade(amount, notional);
        Add(account, wallet, Venue.Usdt, isFutures ? gained : -notional);
        Add(account, wallet, Venue.BaseOf(instrument), isFutures ? 0 : amount);
        Add(account, wallet, fill.FeeAssetId, -fill.Fee);
        long feeWorth = fill.FeeAssetId == Venue.Usdt ? fill.Fee : fill.Fee * fill.LastPrice / Venue.PriceUnit;
        holding.Fees += feeWorth;
        if (!isFutures && fill.FeeAssetId == Venue.BaseOf(instrument) && fill.Fee != 0)
        {
            // A fee in what was bought is as if it were sold for it.
            gained += holding.Position(PositionSide.Both).Trade(-fill.Fee, -feeWorth);
        }

        holding.Gain(fill.Terms.PositionSide, gained);
    }

    private void Add(AccountId account, Market wallet, AssetId asset, long amount) =>
        _totals[(account, wallet, asset)] = _totals.GetValueOrDefault((account, wallet, asset)) + amount;

    /// <summary>What the exchange stated of a position is taken over; otherwise it is what the fills make it.</summary>
    private void Take(in PositionChanged changed)
    {
        (AccountId, InstrumentId, PositionSide) place =
            (changed.Header.AccountId, changed.InstrumentId, changed.PositionSide);
        CountedHolding holding = Holding(changed.Header.AccountId, changed.InstrumentId);
        bool isFirst = Venue.IsFutures(changed.InstrumentId) && !holding.Positions.ContainsKey(changed.PositionSide);
        bool isStated = _stated.TryGetValue(place, out long stated) && stated == changed.Quantity;
        if (changed.Quantity != holding.Held(changed.PositionSide) && (isFirst || isStated))
        {
            holding.Positions[changed.PositionSide] = new(changed.Quantity, changed.OpenNotional);
        }

        Losses.NotePosition(changed.Header.AccountId);
        TakeFunding(changed.Header.AccountId, holding, changed.Funding - _paid.GetValueOrDefault(place));
        _paid[place] = changed.Funding;
        _changed[place] = changed;
    }

    /// <summary>What was said last of a position at a moment; what a transfer takes along is said before the transfer.
    /// </summary>
    private void Check(in PositionChanged changed)
    {
        CountedHolding holding = Holding(changed.Header.AccountId, changed.InstrumentId);
        long held = holding.Held(changed.PositionSide);
        long cost = holding.Positions.GetValueOrDefault(changed.PositionSide)?.Cost ?? 0;
        long gained = holding.Gained.GetValueOrDefault(changed.PositionSide);
        Violation.If(
            (changed.Quantity, changed.OpenNotional, changed.RealizedPnl) != (held, cost, gained),
            Name,
            $"{Venue.NameOf(changed.Header.AccountId)} is said to hold {changed.Quantity} for {changed.OpenNotional}, "
            + $"gained {changed.RealizedPnl}; counted {held} for {cost}, gained {gained}");
    }

    /// <summary>Each payment that the exchange told of counts once.</summary>
    private void TakeFunding(AccountId account, CountedHolding holding, long amount)
    {
        if (amount != 0)
        {
            bool isTold = _payments.Any(each => each.Account == account && each.Amount == amount && _booked.Add(each));
            Violation.If(
                !isTold, Name, $"{Venue.NameOf(account)} is said to have been paid {amount}, and was not so often");
            Add(account, Market.Futures, Venue.Usdt, amount);
            holding.Funding += amount;
        }
    }

    /// <summary>Other changes than by fills are taken over; what fills change is counted.</summary>
    private void Take(in BalanceChanged changed)
    {
        (AccountId, Market, AssetId) row = (changed.Header.AccountId, changed.Wallet, changed.AssetId);
        _totals[row] = changed.Change switch
        {
            BalanceChange.Opening or BalanceChange.Adjusted =>
                _seen[row] - Transfers.Moved(row.Item1, row.Item2, row.Item3),
            BalanceChange.Deposited => changed.Free + changed.ReservedAmount,
            _ => _totals.GetValueOrDefault(row),
        };
    }
}
