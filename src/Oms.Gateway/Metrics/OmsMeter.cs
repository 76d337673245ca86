using System.Diagnostics.Metrics;
using Oms.Domain.Accounts;
using Oms.Domain.Messages;
using Oms.Domain.Numbers;
using Oms.Domain.Orders;
using Oms.Gateway.Api;
using Oms.Gateway.Events;
using Oms.Gateway.Health;
using Oms.Gateway.Listings;
using Oms.SharedMemory.Health;
using Oms.SharedMemory.Tables;

namespace Oms.Gateway.Metrics;

/// <summary>
/// What is measured of the trade itself, per account. All of it is read when somebody asks, from shared memory and from
/// the gateway's own views: nothing is added to an order's way. Labels are names of the configuration, instruments,
/// assets and reasons: their number is bounded by what is configured.
/// </summary>
internal sealed class OmsMeter : IDisposable
{
    public const string Name = "Oms.Gateway";

    private readonly Meter _meter = new(Name);
    private readonly ListingNames _names;
    private readonly StateReader _state;
    private readonly GatewayViews _views;
    private readonly ProcessBoard _processes;

    public OmsMeter(ListingNames names, StateReader state, GatewayViews views, ProcessBoard processes)
    {
        _names = names;
        _state = state;
        _views = views;
        _processes = processes;
        _ = _meter.CreateObservableCounter("oms.orders", () => PerAccount(totals => totals.Orders));
        _ = _meter.CreateObservableCounter("oms.fills", () => PerAccount(totals => totals.Fills));
        _ = _meter.CreateObservableCounter("oms.cancels", () => PerAccount(totals => totals.Cancels));
        _ = _meter.CreateObservableCounter("oms.rejects", Rejects);
        _ = _meter.CreateObservableGauge("oms.open.orders", () => Accounts(_views.Orders.OpenCountOf));
        _ = _meter.CreateObservableGauge("oms.unknown.orders", () => Accounts(_views.Orders.UnknownCountOf));
        _ = _meter.CreateObservableGauge("oms.orders.left", () => Budgets(budget => budget.OrdersLeft));
        _ = _meter.CreateObservableGauge("oms.request.weight.left", () => Budgets(budget => budget.WeightLeft));
        _ = _meter.CreateObservableGauge("oms.account.ready", Ready);
        _ = _meter.CreateObservableGauge("oms.account.halted", Halted);
        _ = _meter.CreateObservableGauge("oms.balance", Balances);
        _ = _meter.CreateObservableGauge("oms.position", () => Positions(row => row.Quantity, isQuote: false));
        _ = _meter.CreateObservableGauge("oms.realized.pnl", () => Positions(row => row.RealizedPnl, isQuote: true));
        _ = _meter.CreateObservableGauge("oms.unrealized.pnl", UnrealizedPnl);
        _ = _meter.CreateObservableGauge("oms.process.up", ProcessesUp);
        _ = _meter.CreateObservableGauge("oms.process.heartbeat.age", HeartbeatAges, unit: "s");
    }

    public void Dispose() => _meter.Dispose();

    private static KeyValuePair<string, object?> Label(string name, string value) => new(name, value);

    private static Measurement<T> Of<T>(T value, KnownAccount account, params KeyValuePair<string, object?>[] labels)
        where T : struct =>
        new(value, [Label("account", account.Name), Label("exchange", account.Exchange), .. labels]);

    /// <summary>A mantissa as a number for charts; what is booked is never made of it.</summary>
    private static double NumberOf(Int128 mantissa, int decimals) =>
        (double)mantissa / PowersOfTen.Of(decimals);

    private IEnumerable<Measurement<long>> PerAccount(Func<AccountTotals, long> count) =>
        _names.Accounts.Select(account => Of(count(_views.TotalsOf(account.Id)), account));

    private IEnumerable<Measurement<int>> Accounts(Func<Domain.Ids.AccountId, int> count) =>
        _names.Accounts.Select(account => Of(count(account.Id), account));

    private IEnumerable<Measurement<long>> Rejects() =>
        from account in _names.Accounts
        from reject in _views.TotalsOf(account.Id).Rejects
        select Of(reject.Value, account, Label("reason", ReasonText.Of(reject.Key)));

    private IEnumerable<Measurement<long>> Budgets(Func<RequestBudgetRow, long> left) =>
        from account in _names.Accounts
        from market in account.EnabledMarkets()
        let budget = _state.BudgetOf(account, market)
        where budget is not null
        select Of(left(budget.Value), account, Label("market", market.ToString().ToLowerInvariant()));

    private IEnumerable<Measurement<int>> Ready() => _names.Accounts.Select(
        account => Of(_state.GateOf(account)?.Gate == AccountGate.Ready ? 1 : 0, account));

    private IEnumerable<Measurement<int>> Halted() => _names.Accounts.Select(
        account => Of(_state.HaltOf(account) is { State: not HaltState.Resumed } ? 1 : 0, account));

    private IEnumerable<Measurement<double>> Balances()
    {
        foreach (BalanceChanged row in _state.Balances)
        {
            if (_names.FindAccount(row.Header.AccountId) is { } account && _names.FindAsset(row.AssetId) is { } asset)
            {
                KeyValuePair<string, object?> name = Label("asset", asset.Name);
                KeyValuePair<string, object?> wallet = Label("wallet", row.Wallet.ToString().ToLowerInvariant());
                yield return Of(NumberOf(row.Free, asset.Decimals), account, name, wallet, Label("kind", "free"));
                yield return Of(
                    NumberOf(row.ReservedAmount, asset.Decimals), account, name, wallet, Label("kind", "reserved"));
                yield return Of(
                    NumberOf(row.InTransit, asset.Decimals), account, name, wallet, Label("kind", "in_transit"));
            }
        }
    }

    private IEnumerable<Measurement<double>> Positions(Func<PositionChanged, long> amount, bool isQuote)
    {
        foreach (PositionChanged row in _state.Positions)
        {
            if (_names.FindAccount(row.Header.AccountId) is { } account
                && _names.FindInstrument(row.InstrumentId) is { } instrument)
            {
                KnownAsset asset = isQuote ? instrument.Quote : instrument.Base;
                yield return Of(
                    NumberOf(amount(row), asset.Decimals), account, Label("symbol", instrument.Symbol),
                    Label("side", SideOf(row.PositionSide)), Label("asset", asset.Name));
            }
        }
    }

    /// <summary>Of positions with a valid book: nothing is said where no price is known.</summary>
    private IEnumerable<Measurement<double>> UnrealizedPnl()
    {
        foreach (PositionChanged row in _state.Positions)
        {
            if (_names.FindAccount(row.Header.AccountId) is { } account
                && _names.FindInstrument(row.InstrumentId) is { } instrument
                && PositionService.UnrealizedPnl(in row, instrument, _state.TopOf(instrument)) is { } pnl)
            {
                yield return Of(
                    NumberOf(pnl, instrument.Quote.Decimals), account, Label("symbol", instrument.Symbol),
                    Label("side", SideOf(row.PositionSide)), Label("asset", instrument.Quote.Name));
            }
        }
    }

    private static string SideOf(PositionSide side) =>
        side == PositionSide.Both ? "net" : side.ToString().ToLowerInvariant();

    private IEnumerable<Measurement<int>> ProcessesUp() => _processes.All.Select(process => new Measurement<int>(
        process.IsFresh && process.State is ProcessState.Ready ? 1 : 0, Label("role", process.Role)));

    private IEnumerable<Measurement<double>> HeartbeatAges() => _processes.All.Select(
        process => new Measurement<double>(process.HeartbeatAge.TotalSeconds, Label("role", process.Role)));
}
