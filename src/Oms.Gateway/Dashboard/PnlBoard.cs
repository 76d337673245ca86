using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Domain.Time;
using Oms.Gateway.Api;
using Oms.Gateway.Events;
using Oms.Gateway.Listings;

namespace Oms.Gateway.Dashboard;

/// <summary>What positions gained: one by one, over accounts, and in sum per quote asset.</summary>
internal sealed class PnlBoard(StateReader state, ListingNames names, GatewayViews views, TimeProvider time)
{
    public IReadOnlyList<PnlRow> Rows(IEnumerable<KnownAccount> accounts)
    {
        Dictionary<AccountId, string> shown = accounts.ToDictionary(account => account.Id, account => account.Name);
        long now = UnixNanos.Of(time.GetUtcNow()).Value;
        var rows = new List<PnlRow>();
        foreach (PositionChanged row in state.Positions)
        {
            if (shown.TryGetValue(row.Header.AccountId, out string? account)
                && names.FindInstrument(row.InstrumentId) is { } instrument)
            {
                rows.Add(new(
                    account,
                    instrument,
                    row.PositionSide == PositionSide.Both ? "net" : Words.Of(row.PositionSide),
                    row.Quantity,
                    row.RealizedPnl,
                    views.Days.TodayOf(in row, now),
                    PositionService.UnrealizedPnl(in row, instrument, state.TopOf(instrument))));
            }
        }

        return [.. rows.OrderBy(row => row.Account, StringComparer.Ordinal)
            .ThenBy(row => row.Instrument.Symbol, StringComparer.Ordinal)];
    }

    /// <summary>By exchange and instrument, over all accounts that are shown.</summary>
    public IReadOnlyList<PnlRow> Consolidated(IEnumerable<KnownAccount> accounts) =>
    [
        .. Rows(accounts)
            .GroupBy(row => (row.Instrument.Id, row.Side))
            .Select(group => group.Aggregate((left, right) => new(
                "all",
                left.Instrument,
                left.Side,
                left.Quantity + right.Quantity,
                left.Realized + right.Realized,
                left.Today + right.Today,
                left.Unrealized + right.Unrealized)))
            .Select(row => row with { Account = "all" })
            .OrderBy(row => row.Instrument.Symbol, StringComparer.Ordinal),
    ];

    public IReadOnlyList<PnlSum> Sums(IEnumerable<KnownAccount> accounts) =>
    [
        .. Rows(accounts)
            .GroupBy(row => row.Instrument.Quote)
            .Select(group => new PnlSum(
                group.Key,
                group.Aggregate(Int128.Zero, (sum, row) => sum + row.Realized),
                group.Aggregate(Int128.Zero, (sum, row) => sum + row.Today),
                group.Aggregate(Int128.Zero, (sum, row) => sum + (row.Unrealized ?? 0)),
                group.Count(row => row.Unrealized is null && row.Quantity != 0)))
            .OrderBy(sum => sum.Asset.Name, StringComparer.Ordinal),
    ];
}
