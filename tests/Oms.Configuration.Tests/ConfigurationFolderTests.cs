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
        Assert.Equal(10m, routing.RebalanceTransferMinUsdt);
    }

    [Theory]
    [InlineData(true, "hourly", "06:30", "30 * * * *")]
    [InlineData(true, "daily", "06:30", "30 6 * * *")]
    [InlineData(true, "weekly", "06:30", "30 6 * * 5")]
    [InlineData(false, "daily", "06:30", "")]
    public void A_schedule_is_what_cron_says(bool isEnabled, string schedule, string time, string cron) => Assert.Equal(
        cron, new RebalanceConfiguration(isEnabled, schedule, TimeOnly.Parse(time), DayOfWeek.Friday).Cron);

    [Fact]
    public void The_day_of_a_weekly_schedule_and_the_smallest_transfer_are_read()
    {
        using ConfigurationCopy copy = new ConfigurationCopy();
        copy.Replace("accounts.yaml", "schedule: \"daily\"", "schedule: \"weekly\"\n    day: \"friday\"");
        copy.Replace("accounts.yaml", "max_sub_balance: 50000", "max_sub_balance: 50000\n    min_transfer: 0.5");
        AccountRoutingConfiguration routing = ConfigurationFolder.Load(copy.Path).AccountRouting;
        Assert.Equal(("30 6 * * 5", 0.5m), (
            (routing.Rebalance! with { TimeUtc = new(6, 30) }).Cron, routing.RebalanceTransferMinUsdt));
    }

    [Fact]
    public void Strategies_are_read_with_the_account_that_routing_names()
    {
        StrategyConfiguration strategy =
            Assert.Single(ConfigurationFolder.Load(ConfigurationCopy.Original).Strategies);
        Assert.Equal(("market_making", "market_maker", "binance", "BTC/USDT", false), (
            strategy.Name, strategy.Kind, strategy.Exchange, strategy.Symbol, strategy.IsEnabled));
        Assert.Equal(AccountChoice.Strategy, strategy.Choice);
        Assert.Equal("binance/sub_market_making", Assert.Single(strategy.Accounts).ToString());
        Assert.Equal(0.001m, strategy.Parameters["quantity"]);
    }

    [Fact]
    public void Exchanges_limits_and_deployment_are_read()
    {
        SystemConfiguration system = ConfigurationFolder.Load(ConfigurationCopy.Original);

        ExchangeConfiguration binance = Assert.Single(system.Exchanges);
        Assert.Equal(("binance", "binance", 5_000, 10), (
            binance.Name, binance.Kind, binance.RecvWindowMs, binance.TopOfBookIntervalMs));
        Assert.Equal(new Uri("ws://127.0.0.1:18080/ws-api/v3"), binance.WebSocketApiUri);
        Assert.Equal(4, binance.Listings.Length);
        Assert.Equal("BTC/USDT:USDT", binance.Listings[2].Symbol);
        Assert.Equal(new("http://127.0.0.1:18080"), binance.Futures?.RestUri);
        ListingConfiguration bitcoin = binance.Listings[0];
        Assert.Equal(("BTC/USDT", "BTC", "USDT", "BTCUSDT", Market.Spot, 2, 5), (
            bitcoin.Symbol, bitcoin.BaseAsset, bitcoin.QuoteAsset, bitcoin.ExchangeSymbol, bitcoin.Market,
            bitcoin.PriceDecimals, bitcoin.QuantityDecimals));
        Assert.Equal(100_000m, system.Limits.OrderNotionalMax);
        Assert.Equal(
            (64, 1 << 20, 1 << 22),
            (system.Limits.ProducersMax, system.Limits.RingCapacityBytes, system.Limits.BusyRingCapacityBytes));
        Assert.Equal((14222, 14223, 7443, 18080), (
            system.Deployment.NatsPort, system.Deployment.NatsMonitoringPort, system.Deployment.GatewayPort,
            system.Deployment.SimulatorPort));
        Assert.Equal(IdlePolicy.Backoff, system.Deployment.IdlePolicy);
        Assert.Null(system.Deployment.FastPathCore);
        // What the file says is what holds where it says nothing.
        Assert.Equal(new LogConfiguration(), system.Deployment.Log);
        Assert.Equal(new KeysConfiguration { Source = KeySource.File }, system.Deployment.Keys);
    }

    [Fact]
    public void The_log_promises_what_is_configured()
    {
        using var configs = new ConfigurationCopy();
        configs.Replace("deployment.yaml", "durability: memory", "durability: disk");
        configs.Replace("deployment.yaml", "log_head_bytes: 67108864", "log_head_bytes: 1048576");
        configs.Replace("deployment.yaml", "snapshots_kept: 3", "snapshots_kept: 2");
        configs.Replace("deployment.yaml", "log_retention_bytes: 17179869184", "log_retention_bytes: 0");

        Assert.Equal(
            new LogConfiguration
            {
                Durability = Durability.Disk, HeadBytes = 1 << 20, SnapshotsKept = 2, RetentionBytes = 0,
            },
            ConfigurationFolder.Load(configs.Path).Deployment.Log);
    }

    [Fact]
    public void A_main_account_and_its_sub_accounts_are_one_owner_unless_they_say_otherwise()
    {
        using var configs = new ConfigurationCopy();
        configs.Replace(
            "accounts.yaml", "strategy: \"arbitrage\"", "strategy: \"arbitrage\"\n      owner_group: fund_two");

        SystemConfiguration system = ConfigurationFolder.Load(configs.Path);

        Assert.Equal(
            ["binance/main", "fund_two", "binance/main", "binance/main"],
            system.Accounts.Select(account => account.OwnerGroup));
    }

    [Fact]
    public void An_internal_exchange_needs_no_address_and_its_accounts_no_key()
    {
        using var configs = new ConfigurationCopy();
        configs.Replace(
            "exchanges.yaml",
            "exchanges:\n",
            """
            exchanges:
              paper:
                kind: internal
                listings:
                  - { symbol: BTC/USDT, market: spot, exchange_symbol: BTCUSDT, price_decimals: 2, quantity_decimals: 5 }

            """);
        configs.Replace(
            "accounts.yaml",
            "accounts:\n",
            """
            accounts:
              paper:
                alpha:
                  type: strategy
                  spot_enabled: true
                  futures_enabled: false
                  balances: { USDT: 1000.5, BTC: 2 }

            """);

        SystemConfiguration system = ConfigurationFolder.Load(configs.Path);

        ExchangeConfiguration paper = Assert.Single(system.Exchanges, exchange => exchange.IsMatchedHere);
        Assert.Equal("paper", paper.Name);
        AccountConfiguration alpha = system.Accounts[0];
        Assert.Equal(("paper/alpha", 1000.5m, 2m), (
            alpha.Name.ToString(), alpha.OpeningBalances["USDT"], alpha.OpeningBalances["BTC"]));
    }

    [Fact]
    public void Limits_of_accounts_instruments_groups_and_the_firm_are_read()
    {
        using var configs = new ConfigurationCopy();
        configs.Replace(
            "limits.yaml",
            "    order_window_ms: 1000\n",
            """
                order_window_ms: 1000
                loss_max: 700
              accounts:
                binance/sub_spot_arb: { loss_max: 500, open_orders_max: 7, duplicate_window_ms: 20 }
              instruments:
                binance/sub_spot_arb:
                  BTC/USDT: { order_quantity_max: 1, order_notional_max: 2, position_quantity_max: 3, position_value_max: 4 }
              groups:
                binance/main: { position_value_max: 1000000 }
              firm: { position_value_max: 2000000 }

            """);

        LimitsConfiguration limits = ConfigurationFolder.Load(configs.Path).Limits;

        AccountLimitsConfiguration arbitrage =
            limits.Accounts[new("binance", "sub_spot_arb")].Over(limits.AccountDefaults);
        Assert.Equal((500m, 7, 20, 1000, 1000), (
            arbitrage.LossMax, arbitrage.OpenOrdersMax, arbitrage.DuplicateWindowMs,
            arbitrage.OrdersPerWindowMax, arbitrage.OrderWindowMs));
        Assert.Equal(700m, limits.AccountDefaults.LossMax);
        InstrumentLimitsConfiguration bitcoin = Assert.Single(limits.Instruments);
        Assert.Equal((1m, 2m, 3m, 4m), (
            bitcoin.OrderQuantityMax, bitcoin.OrderNotionalMax, bitcoin.PositionQuantityMax,
            bitcoin.PositionValueMax));
        Assert.Equal((1_000_000m, 2_000_000m, "USDT"), (
            limits.GroupPositionValueMax["binance/main"], limits.FirmPositionValueMax, limits.ValuationAsset));
    }

    [Fact]
    public void Simulator_balances_are_read()
    {
        SystemConfiguration system = ConfigurationFolder.Load(ConfigurationCopy.Original);

        SimulatorConfiguration simulator =
            ConfigurationFolder.LoadSimulator(ConfigurationCopy.Original, system);

        Assert.Equal(42, simulator.Seed);
        Assert.Equal(4, simulator.Balances.Count);
        Assert.Equal(8_000m, simulator.Balances[new("binance", "sub_spot_arb")]["USDT"]);
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
