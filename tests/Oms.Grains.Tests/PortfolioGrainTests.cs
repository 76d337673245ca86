using Oms.Domain.Instruments;
using Oms.Grains.Accounts;
using Oms.Grains.Portfolio;
using Oms.Grains.Positions;

namespace Oms.Grains.Tests;

public sealed class PortfolioGrainTests(GrainCluster cluster) : IClassFixture<GrainCluster>
{
    [Fact]
    public async Task Accounts_of_all_exchanges_are_added_up_and_netted_in_one_currency()
    {
        cluster.Prices.Place("one", "BTC/USDT", bid: 99, ask: 101, unixNanos: 11);
        cluster.Prices.Place("two", "BTC/USDT:USDT", bid: 120, ask: 122);
        cluster.Prices.Place("two", "ETH/BTC", bid: 0.1m, ask: 0.1m, unixNanos: 9);
        await BalancesAsync("one/spot", Held("BTC", 2), Held("USDT", 1000));
        await BalancesAsync("two/perpetual", Held("USDT", 500), Held("ETH", 10), Held("XYZ", 4));
        await PositionAsync("one/spot", Market.Spot, "BTC/USDT", quantity: 1.5m, openNotional: 150, realized: 8);
        await PositionAsync(
            "two/perpetual", Market.Futures, "BTC/USDT:USDT", quantity: -1, openNotional: -110, realized: -3);
        IPortfolioGrain grain = cluster.Grains.GetGrain<IPortfolioGrain>("netted");
        await grain.Configure(["two/perpetual", "one/spot"]);
        await cluster.RestartSiloAsync();
        PortfolioView view = await cluster.Grains.GetGrain<IPortfolioGrain>("netted").GetView("USDT", []);

        Assert.Equal(["one/spot", "two/perpetual"], view.Accounts.Select(account => account.Account));
        // 1000 + 2 x 100, and 500 + 10 x 0.1 x 100 less what the short position has lost: 122 - 110.
        Assert.Equal((1200m, 588m), (view.Accounts[0].Equity, view.Accounts[1].Equity));
        Assert.Equal((1788m, 5m), (view.Equity, view.RealizedPnl));
        AssetExposure bitcoin = view.Exposures.Single(exposure => exposure.Asset == "BTC");
        Assert.Equal((2m, -1m, 1m, 100m), (bitcoin.Held, bitcoin.Derivatives, bitcoin.Net, bitcoin.Value));
        Hedge hedge = Assert.Single(view.Hedges);
        Assert.Equal(("BTC", 1m, 0.5m, 100m), (hedge.Asset, hedge.Hedged, hedge.Net, hedge.HedgedValue));
        Assert.Equal("one/spot", Assert.Single(hedge.Longs).Account);
        Assert.Equal(("two/perpetual", -1m), (hedge.Shorts[0].Account, hedge.Shorts[0].Quantity));
        Assert.Equal(("one spot BTC/USDT mid", 11), (view.Prices["BTC"].Name, view.Prices["BTC"].UnixNanos));
        Assert.Equal(
            ("two spot ETH/BTC mid x one spot BTC/USDT mid", 10m, 9),
            (view.Prices["ETH"].Name, view.Prices["ETH"].Price, view.Prices["ETH"].UnixNanos));
        Assert.Equal(["XYZ"], view.Unpriced);
    }

    [Fact]
    public async Task A_view_of_some_accounts_knows_nothing_of_the_others()
    {
        await BalancesAsync("some/a", Held("USDT", 1));
        await BalancesAsync("some/b", Held("USDT", 2));
        IPortfolioGrain grain = cluster.Grains.GetGrain<IPortfolioGrain>("some");
        await grain.Configure(["some/a", "some/b"]);
        Assert.Equal(3, (await grain.GetView("USDT", [])).Equity);
        PortfolioView one = await grain.GetView("USDT", ["some/b", "elsewhere/c"]);
        Assert.Equal(("some/b", 2m), (Assert.Single(one.Accounts).Account, one.Equity));
    }

    private static (string Asset, decimal Free) Held(string asset, decimal free) => (asset, free);

    private Task<BatchReceipt> BalancesAsync(string account, params (string Asset, decimal Free)[] held) =>
        cluster.Grains.GetGrain<IAccountGrain>(account).Apply(new()
        {
            FirstSequence = 1,
            LastSequence = 1,
            Balances =
            [
                .. held.Select(balance => Batches.Balance(1, balance.Free, balance.Asset) with { Reserved = 0 }),
            ],
            Gates = [],
        });

    private Task<BatchReceipt> PositionAsync(
        string account, Market market, string symbol, decimal quantity, decimal openNotional, decimal realized) =>
        cluster.Grains.GetGrain<IPositionGrain>(account).Apply(Batches.Position(1, 1) with
        {
            Positions =
            [
                Batches.Held(1, quantity, symbol) with
                {
                    Market = market,
                    OpenNotional = openNotional,
                    RealizedPnl = realized,
                    QuoteFees = 0,
                    BaseFees = 0,
                },
            ],
        });
}
