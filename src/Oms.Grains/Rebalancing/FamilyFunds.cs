using System.Collections.Immutable;
using Oms.Domain.Instruments;
using Oms.Grains.Accounts;
using Oms.Grains.Markets;
using Oms.Grains.Portfolio;
using Oms.Grains.Positions;

namespace Oms.Grains.Rebalancing;

/// <summary>What the accounts of a family have, as their grains know it.</summary>
internal sealed class FamilyFunds(
    IGrainFactory grains, IMarketPrices prices, string main, RebalanceSettings settings, long nowUnixNanos)
{
    private static readonly Market[] Wallets = [Market.Spot, Market.Futures];

    private readonly Conversion _conversion = new(prices, settings.Asset, nowUnixNanos);
    private readonly Dictionary<string, AccountView> _views = [];
    private readonly Dictionary<string, decimal> _worth = [];

    /// <summary>Assets that are held and have no price: they counted as nothing.</summary>
    public ImmutableArray<string> Unpriced { get; private set; } = [];

    public async Task ReadAsync()
    {
        string[] accounts = [main, .. settings.Subs.Select(sub => sub.Account)];
        Task<AccountView[]> views = Task.WhenAll(
            accounts.Select(account => grains.GetGrain<IAccountGrain>(account).GetView()));
        PositionsView[] positions = await Task.WhenAll(
            accounts.Select(account => grains.GetGrain<IPositionGrain>(account).GetView()));
        foreach (AccountView view in await views)
        {
            _views[view.Account] = view;
        }

        PortfolioView portfolio = new Consolidation(_conversion, await views, positions).ToView(nowUnixNanos);
        Unpriced = portfolio.Unpriced;
        foreach (PortfolioAccount account in portfolio.Accounts)
        {
            _worth[account.Account] = account.Equity;
        }
    }

    /// <summary>What was read, and beside it what is under way.</summary>
    public (AccountFunds Main, ImmutableArray<AccountFunds> Subs) With(IEnumerable<UnderWayTransfer> transfers)
    {
        UnderWayTransfer[] underWay = [.. transfers.Where(transfer => transfer.Order.From != transfer.Order.To)];
        AccountFunds own = FundsOf(main, [Market.Spot], underWay) with
        {
            Held = BalancesOf(main, Market.Spot).Sum(TotalOf),
            Bound = settings.MainBalanceMin,
            Leaving = underWay
                .Where(transfer => transfer.Order.From == main && transfer.Order.Asset == settings.Asset)
                .Sum(transfer => transfer.Order.Amount),
        };
        return (
            own,
            [
                .. settings.Subs.Select(sub => FundsOf(
                    sub.Account,
                    [.. Wallets.Where(wallet => sub.Markets.HasFlag((MarketFlags)wallet))],
                    underWay) with
                {
                    Bound = sub.BalanceMax,
                    WorthMax = sub.WorthMax,
                }),
            ]);
    }

    private static decimal TotalOf(BalanceView balance) => balance.Free + balance.Reserved + balance.InTransit;

    private AccountFunds FundsOf(
        string account, ImmutableArray<Market> wallets, UnderWayTransfer[] underWay) => new()
        {
            Account = account,
            Held = Wallets.SelectMany(wallet => BalancesOf(account, wallet)).Sum(TotalOf),
            Worth = _worth[account],
            Wallets = [.. wallets.Select(wallet => (wallet, FreeOf(account, wallet, underWay)))],
            Coming = underWay.Where(transfer => transfer.Order.To == account).Sum(WorthOf),
            Leaving = underWay.Where(transfer => transfer.Order.From == account).Sum(WorthOf),
            Problem = ProblemOf(_views[account].Health),
        };

    /// <summary>Without what FastPath was asked to move and may not have reserved yet.</summary>
    private decimal FreeOf(string account, Market wallet, UnderWayTransfer[] underWay) =>
        BalancesOf(account, wallet).Sum(balance => balance.Free)
        - underWay
            .Where(transfer => !transfer.IsReserved && transfer.Order.Asset == settings.Asset
                && transfer.Order.From == account && transfer.Order.FromWallet == wallet)
            .Sum(transfer => transfer.Order.Amount);

    private decimal WorthOf(UnderWayTransfer transfer) =>
        _conversion.ValueOf(transfer.Order.Asset, transfer.Order.Amount) ?? 0;

    private static string ProblemOf(AccountHealth health) => health.Condition == AccountCondition.Ready
        ? ""
        : health.Reasons is [var first, ..] ? first.Text : health.Condition.ToString();

    private IEnumerable<BalanceView> BalancesOf(string account, Market wallet) =>
        _views[account].Balances.Where(balance => balance.Wallet == wallet && balance.Asset == settings.Asset);
}
