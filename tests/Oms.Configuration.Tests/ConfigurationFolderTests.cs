using Oms.Domain.Accounts;
using Oms.Domain.Configuration;
using Oms.Domain.Instruments;

namespace Oms.Configuration.Tests;

public sealed class ConfigurationFolderTests
{
    [Fact]
    public void The_example_accounts_load_as_they_are()
    {
        SystemConfiguration system = ConfigurationFolder.Load(ConfigurationCopy.Original);

        Assert.Equal(
            ["main", "sub_spot_arb", "sub_futures_trend", "sub_market_making"],
            system.Accounts.Select(account => account.Name.Account));
        Assert.All(system.Accounts, account => Assert.Equal("binance", account.Name.Exchange));
        AccountConfiguration trend = system.Accounts[2];
        Assert.Equal(AccountType.Sub, trend.Type);
        Assert.Equal("main", trend.Parent);
        Assert.Equal("binance_sub_futures_trend", trend.KeyPath);
        Assert.Equal(MarketFlags.Futures, trend.Markets);
        Assert.Equal("trend_following", trend.Strategy);
        Assert.Equal(10m, trend.LeverageMax);
        Assert.Equal(50_000m, trend.PositionMaxUsdt);
        Assert.Null(trend.BalanceMaxUsdt);
        Assert.Equal(10_000m, system.Accounts[1].BalanceMaxUsdt);
        Assert.Equal(AccountType.Main, system.Accounts[0].Type);
        Assert.Equal(MarketFlags.Spot, system.Accounts[0].Markets);
        Assert.Null(system.Accounts[0].Parent);
    }

    [Fact]
    public void Routing_balance_rules_and_rebalancing_are_read()
    {
        SystemConfiguration system = ConfigurationFolder.Load(ConfigurationCopy.Original);
        AccountRoutingConfiguration routing = system.AccountRouting;

        Assert.Equal("main", routing.Default);
        Assert.Equal(3, routing.Strategies.Count);
        Assert.Equal("sub_market_making", routing.Strategies["market_making"]);
        Assert.Equal(100_000m, routing.MainBalanceMinUsdt);
        Assert.Equal(50_000m, routing.SubBalanceMaxUsdt);
        Assert.Equal(new RebalanceConfiguration(true, "daily", new TimeOnly(0, 0)), routing.Rebalance);
    }

    [Fact]
    public void Exchanges_limits_and_deployment_are_read()
    {
        SystemConfiguration system = ConfigurationFolder.Load(ConfigurationCopy.Original);

        ExchangeConfiguration binance = Assert.Single(system.Exchanges);
        Assert.Equal(("binance", "binance", 5_000, 10), (
            binance.Name, binance.Kind, binance.RecvWindowMs, binance.TopOfBookIntervalMs));
        Assert.Equal(new Uri("ws://127.0.0.1:18080/ws-api/v3"), binance.WebSocketApiUri);
        Assert.Equal(2, binance.Listings.Length);
        ListingConfiguration bitcoin = binance.Listings[0];
        Assert.Equal(("BTC/USDT", "BTC", "USDT", "BTCUSDT", Market.Spot, 2, 5), (
            bitcoin.Symbol, bitcoin.BaseAsset, bitcoin.QuoteAsset, bitcoin.ExchangeSymbol, bitcoin.Market,
            bitcoin.PriceDecimals, bitcoin.QuantityDecimals));
        Assert.Equal(100_000m, system.Limits.OrderNotionalMax);
        Assert.Equal(1 << 20, system.Limits.RingCapacityBytes);
        Assert.Equal((14222, 14223, 7443, 18080), (
            system.Deployment.NatsPort, system.Deployment.NatsMonitoringPort, system.Deployment.GatewayPort,
            system.Deployment.SimulatorPort));
        Assert.Equal(IdlePolicy.Backoff, system.Deployment.IdlePolicy);
        Assert.Null(system.Deployment.FastPathCore);
        Assert.Equal(new KeysConfiguration { Source = KeySource.File }, system.Deployment.Keys);
    }

    [Fact]
    public void Simulator_balances_are_read()
    {
        SystemConfiguration system = ConfigurationFolder.Load(ConfigurationCopy.Original);

        SimulatorConfiguration simulator =
            ConfigurationFolder.LoadSimulator(ConfigurationCopy.Original, system);

        Assert.Equal(42, simulator.Seed);
        Assert.Equal(4, simulator.Balances.Count);
        Assert.Equal(10_000m, simulator.Balances[new("binance", "sub_spot_arb")]["USDT"]);
        Assert.Equal(5m, simulator.Balances[new AccountName("binance", "main")]["BTC"]);
    }

    [Fact]
    public void Keys_come_from_the_key_file_where_nothing_is_said()
    {
        using var configs = new ConfigurationCopy();
        configs.Replace("deployment.yaml", "keys:\n", "");
        configs.Replace("deployment.yaml", "  source: file\n", "");
        configs.Replace("accounts.yaml", "      api_key_vault_path: binance_main\n", "");

        SystemConfiguration system = ConfigurationFolder.Load(configs.Path);

        Assert.Equal(KeySource.File, system.Deployment.Keys.Source);
        Assert.Null(system.Accounts[0].KeyPath);
    }

    [Fact]
    public void Vault_is_read_with_either_login()
    {
        using var configs = new ConfigurationCopy();
        configs.UseVault();
        Assert.Equal(
            new VaultConfiguration
            {
                Address = new("https://vault.test"),
                Mount = "kv/desk",
                Namespace = "trading",
                CaFile = "/etc/ca.pem",
                Login = new VaultLogin.AppRole("/etc/role", "/etc/secret"),
            },
            ConfigurationFolder.Load(configs.Path).Deployment.Keys.Vault);

        configs.Replace("deployment.yaml", "    mount: kv/desk\n    namespace: trading\n", "");
        configs.Replace("deployment.yaml", "    ca_file: /etc/ca.pem\n", "");
        configs.Replace("deployment.yaml", "auth: approle", "auth: token");
        configs.Replace("deployment.yaml", "    role_id_file: /etc/role\n", "");
        configs.Replace("deployment.yaml", "secret_id_file: /etc/secret", "token_file: /etc/token");
        Assert.Equal(
            new VaultConfiguration
            {
                Address = new("https://vault.test"),
                Mount = "secret",
                Login = new VaultLogin.Token("/etc/token"),
            },
            ConfigurationFolder.Load(configs.Path).Deployment.Keys.Vault);
    }

    [Fact]
    public void A_deployment_without_simulator_has_no_simulator_port()
    {
        using var configs = new ConfigurationCopy();
        configs.Replace("deployment.yaml", "simulator:\n  port: 18080\n", "");

        Assert.Null(ConfigurationFolder.Load(configs.Path).Deployment.SimulatorPort);
    }

    [Fact]
    public void Problems_of_all_files_are_told_at_once_in_the_order_of_the_files()
    {
        using var configs = new ConfigurationCopy();
        configs.Replace("accounts.yaml", "type: main", "type: chief");
        configs.Replace("deployment.yaml", "port: 7443", "port: 70000");
        File.Delete(configs.Of("limits.yaml"));
        configs.Replace("exchanges.yaml", "symbol: BTC/USDT", "symbol: BTC-USDT");
        configs.Replace("exchanges.yaml", "recv_window_ms: 5000", "recv_window_ms: soon");

        string[] problems = configs.Problems().Split(Environment.NewLine);

        Assert.Equal(
            ["accounts.yaml", "deployment.yaml", "exchanges.yaml", "exchanges.yaml", "limits.yaml"],
            problems.Select(problem => problem[..problem.IndexOf(':', StringComparison.Ordinal)]));
    }

    [Fact]
    public void A_folder_that_is_not_there_is_four_missing_files()
    {
        var exception = Assert.Throws<ConfigurationException>(
            () => ConfigurationFolder.Load("/nonexistent/configs"));

        Assert.Equal(4, exception.Problems.Length);
        Assert.All(exception.Problems, problem => Assert.Equal("is missing", problem.Text));
    }
}
