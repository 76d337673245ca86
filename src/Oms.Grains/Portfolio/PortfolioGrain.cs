using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Oms.Domain.Time;
using Oms.Grains.Accounts;
using Oms.Grains.Markets;
using Oms.Grains.Positions;

namespace Oms.Grains.Portfolio;

/// <summary>Puts together what all accounts have.</summary>
internal sealed class PortfolioGrain(
    [PersistentState("portfolio")] IPersistentState<PortfolioState> stored,
    IMarketPrices prices,
    [FromKeyedServices(GrainClock.Key)] TimeProvider time) : Grain, IPortfolioGrain
{
    public async Task Configure(ImmutableArray<string> accounts)
    {
        ImmutableArray<string> all =
            [.. stored.State.Accounts.Union(accounts).Order(StringComparer.Ordinal)];
        if (all.SequenceEqual(stored.State.Accounts))
        {
            return;
        }

        try
        {
            stored.State = stored.State with { Accounts = all };
            await stored.WriteStateAsync();
        }
        catch
        {
            DeactivateOnIdle();
            throw;
        }
    }

    public async Task<PortfolioView> GetView(string currency, ImmutableArray<string> accounts)
    {
        string[] wanted =
        [
            .. stored.State.Accounts.Where(account => accounts.IsDefaultOrEmpty || accounts.Contains(account)),
        ];
        Task<AccountView[]> views = Task.WhenAll(
            wanted.Select(account => GrainFactory.GetGrain<IAccountGrain>(account).GetView()));
        PositionsView[] positions = await Task.WhenAll(
            wanted.Select(account => GrainFactory.GetGrain<IPositionGrain>(account).GetView()));
        var consolidation = new Consolidation(
            new(prices, currency, UnixNanos.Of(time.GetUtcNow()).Value), await views, positions);
        return consolidation.ToView(UnixNanos.Of(time.GetUtcNow()).Value);
    }
}
