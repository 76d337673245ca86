namespace Oms.Configuration.Tests;

/// <summary>Each row damages one place of the original files; the problem names file, line and key.</summary>
public sealed class ConfigurationProblemTests
{
    [Theory]
    [InlineData("    main:\n      type: main", "    main:\n      type: boss", "boss",
        "accounts.binance.main.type: 'boss' is not one of main, sub, strategy")]
    [InlineData("spot_enabled: true", "spot_enabled: yes", "yes",
        "accounts.binance.main.spot_enabled: 'yes' is not one of true, false")]
    [InlineData("api_key_vault_path: binance_main", "api_key_vault_path: ../main", "../main",
        "accounts.binance.main.api_key_vault_path: '../main' is no path: letters, digits, '_', '-' and " +
        "'.', in parts divided by '/'")]
    [InlineData("api_key_vault_path: binance_main", "api_key_vault_path: /main", "/main",
        "accounts.binance.main.api_key_vault_path: '/main' is no path: ")]
    [InlineData("api_key_vault_path: binance_main", "api_key_vault_path:", "api_key_vault_path:",
        "accounts.binance.main.api_key_vault_path: is empty")]
    [InlineData("api_key_vault_path: binance_main", "api_key_vault_path: [a]", "[a]",
        "accounts.binance.main.api_key_vault_path: is not a single value")]
    [InlineData("api_key_vault_path: binance_sub_mm", "api_key_vault_path: binance_main", "market_making:",
        "accounts.binance.sub_market_making.api_key_vault_path: 'binance_main' is already " +
        "the key of 'main'", 3)]
    [InlineData("max_leverage: 10", "max_leverage: 126", "126",
        "accounts.binance.sub_futures_trend.max_leverage: '126' is not a number from 1 to 125")]
    [InlineData("max_balance_usdt: 10000", "max_balance_usdt: 1e4", "1e4",
        "accounts.binance.sub_spot_arb.max_balance_usdt: '1e4' is not a number from 0.00000001 to 10000000000")]
    [InlineData("max_position_usdt: 50000", "max_position_usdt: 10000000001", "10000000001",
        "accounts.binance.sub_futures_trend.max_position_usdt: '10000000001' is not a number from 0.00000001 to 10000000000")]
    [InlineData("type: main", "type: main\n      balances: { A_COIN_OF_SUCH_A_LONG_NAME: 1 }", "A_COIN",
        "accounts.binance.main.balances.A_COIN_OF_SUCH_A_LONG_NAME: is no asset: 1 to 16 capital letters and digits")]
    [InlineData("max_position_usdt: 50000", "max_position_usdt: 0", "max_position_usdt",
        "accounts.binance.sub_futures_trend.max_position_usdt: '0' is not a number from 0.00000001 to 10000000000")]
    [InlineData("max_leverage: 10", "max_leverge: 10", "max_leverge",
        "accounts.binance.sub_futures_trend.max_leverge: is not known; known here: type, parent, " +
        "owner_group, balances, api_key_vault_path, source_ip, spot_enabled, futures_enabled, strategy, " +
        "max_balance_usdt, max_leverage, max_position_usdt, position_mode, margin_type")]
    [InlineData("max_leverage: 10", "max_leverage: 10\n      source_ip: 10.0.0.300", "source_ip",
        "accounts.binance.sub_futures_trend.source_ip: '10.0.0.300' is no IP address like '192.0.2.7'")]
    [InlineData("max_leverage: 10", "max_leverage: 10\n      position_mode: both", "position_mode",
        "accounts.binance.sub_futures_trend.position_mode: 'both' is not one of one_way, hedge")]
    [InlineData("max_leverage: 10", "max_leverage: 10\n      margin_type: own", "margin_type",
        "accounts.binance.sub_futures_trend.margin_type: 'own' is not one of cross, isolated")]
    [InlineData("    sub_market_making:", "    main:", "    main:",
        "accounts.binance.main: stands twice", 25)]
    [InlineData("      futures_enabled: false", "      futures_enabled: false\n      type: main",
        "type: main",
        "accounts.binance.main.type: stands twice", 4)]
    [InlineData("      parent: main\n      api_key_vault_path: binance_sub_spot",
        "      api_key_vault_path: x",
        "sub_spot_arb:",
        "accounts.binance.sub_spot_arb.parent: is missing: a sub-account names its main account")]
    [InlineData("parent: main", "parent: nobody", "nobody",
        "accounts.binance.sub_spot_arb.parent: 'nobody' is no account of binance")]
    [InlineData("parent: main", "parent: sub_market_making", "parent: sub_market_making",
        "accounts.binance.sub_spot_arb.parent: 'sub_market_making' is not a main account")]
    [InlineData("type: main", "type: main\n      parent: main", "parent: main",
        "accounts.binance.main.parent: only a sub-account has a parent")]
    [InlineData("arbitrage: sub_spot_arb", "arbitrage: sub_gone", "sub_gone",
        "account_routing.strategies.arbitrage: 'sub_gone' is no account")]
    [InlineData("default: main", "default: boss", "default: boss",
        "account_routing.default: 'boss' is no account")]
    [InlineData("time: \"00:00 UTC\"", "time: \"24:00 UTC\"", "time:",
        "account_routing.rebalance.time: '24:00 UTC' is not a time like '00:00 UTC'")]
    [InlineData("schedule: \"daily\"", "schedule: \"monthly\"", "schedule:",
        "account_routing.rebalance.schedule: 'monthly' is not one of hourly, daily, weekly")]
    [InlineData("account_routing:", "account_routings:", "account_routings",
        "account_routings: is not known; known here: accounts, account_routing")]
    [InlineData("  binance:\n", "  kraken:\n", "    main:",
        "accounts.kraken.main: exchange 'kraken' is not in exchanges.yaml")]
    [InlineData("    sub_spot_arb:", "    Sub-Spot:", "Sub-Spot",
        "accounts.binance.Sub-Spot: exchange and account are lower-case letters, digits and '_', at most " +
        "63 characters together")]
    [InlineData("      type: main", "\t  type: main", "\t", "a tab stands in the indentation; use spaces")]
    public void Accounts(string text, string by, string lineWith, string problem, int offset = 0) =>
        Check("accounts.yaml", text, by, lineWith, problem, offset);

    [Theory]
    [InlineData("symbol: BTC/USDT", "symbol: BTCUSDT", "symbol: BTCUSDT",
        "exchanges.binance.listings[0].symbol: 'BTCUSDT' is not BASE/QUOTE or BASE/QUOTE:QUOTE: two assets, each " +
        "1 to 16 capital letters and digits")]
    [InlineData("symbol: BTC/USDT:USDT", "symbol: BTC/USDT:BTC", "symbol: BTC/USDT:BTC",
        "exchanges.binance.listings[2].symbol: 'BTC/USDT:BTC' is not BASE/QUOTE or BASE/QUOTE:QUOTE: two " +
        "assets, each 1 to 16 capital letters and digits")]
    [InlineData("symbol: ETH/USDT", "symbol: BTC/USDT", "symbol: BTC/USDT",
        "exchanges.binance.listings[1].symbol: BTC/USDT is listed twice", 5)]
    [InlineData("exchange_symbol: ETHUSDT", "exchange_symbol: BTCUSDT", "exchange_symbol: BTCUSDT",
        "exchanges.binance.listings[1].exchange_symbol: BTCUSDT is listed twice", 5)]
    [InlineData("quantity_decimals: 5", "quantity_decimals: 7", "quantity_decimals: 7",
        "exchanges.binance.listings[0].quantity_decimals: price_decimals + quantity_decimals is 9, " +
        "at most 8 is possible")]
    [InlineData("market: spot", "market: options", "options",
        "exchanges.binance.listings[0].market: 'options' is not one of spot, futures")]
    [InlineData("recv_window_ms: 5000", "recv_window_ms: 60001", "recv_window_ms",
        "exchanges.binance.recv_window_ms: '60001' is not a whole number from 1 to 60000")]
    [InlineData("rest_url: http://", "rest_url: ftp://", "rest_url: ftp",
        "exchanges.binance.rest_url: 'ftp://127.0.0.1:18080' is no http:// or https:// URL")]
    [InlineData("    listings:", "    listing:", "binance:", "exchanges.binance.listings: is missing")]
    [InlineData("    kind: binance\n", "", "  binance:", "exchanges.binance.kind: is missing")]
    [InlineData("  binance:", "  Binance:", "  Binance:",
        "exchanges.Binance: is not 1 to 16 lower-case letters, digits and '_'")]
    public void Exchanges(string text, string by, string lineWith, string problem, int offset = 0) =>
        Check("exchanges.yaml", text, by, lineWith, problem, offset);

    [Theory]
    [InlineData("busy_ring_capacity_bytes: 4194304", "busy_ring_capacity_bytes: 3000000", "busy_ring",
        "capacity.busy_ring_capacity_bytes: 3000000 is not a power of two")]
    [InlineData("  ring_capacity_bytes: 1048576", "  ring_capacity_bytes: 1000000", "  ring_capacity_bytes",
        "capacity.ring_capacity_bytes: 1000000 is not a power of two")]
    [InlineData("  ring_capacity_bytes: 1048576", "  ring_capacity_bytes: 4096", "  ring_capacity_bytes",
        "capacity.ring_capacity_bytes: '4096' is not a whole number from 65536 to 1073741824")]
    [InlineData("order_notional_max: \"100000\"", "order_notional_max: \"-1\"", "order_notional_max",
        "risk.order_notional_max: '-1' is not a number from 0.00000001 to 10000000000")]
    [InlineData("price_collar_basis_points: 500", "price_collar_basis_points: 5.5", "price_collar",
        "risk.price_collar_basis_points: '5.5' is not a whole number from 0 to 10000")]
    [InlineData("orders_held_max: 100000", "orders_held_max: 100", "open_orders_per_account_max",
        "risk.open_orders_per_account_max: 200 is above capacity.orders_held_max, 100")]
    [InlineData("risk:", "risks:", "risks:", "risks: is not known; known here: risk, capacity")]
    [InlineData("risk:", "risk: 5\nrisk_too:", "risk: 5", "risk: needs keys of its own below it")]
    [InlineData("    order_window_ms: 1000\n", "", "account_defaults:",
        "risk.account_defaults: orders_per_window_max and order_window_ms need each other")]
    [InlineData("    order_window_ms: 1000\n", "    order_window_ms: 1000\n  accounts: {binance/gone: {loss_max: 5}}\n",
        "# configs/limits.yaml", "'binance/gone' is no account of accounts.yaml", 1)]
    [InlineData("    order_window_ms: 1000\n", "    order_window_ms: 1000\n  accounts: {gone: {loss_max: 5}}\n",
        "accounts: {gone", "risk.accounts.gone: is not exchange/account")]
    [InlineData("    order_window_ms: 1000\n", "    order_window_ms: 1000\n  groups: {us: {position_value_max: 5}}\n",
        "# configs/limits.yaml", "'us' is no owner group of accounts.yaml", 1)]
    [InlineData("    order_window_ms: 1000\n", "    order_window_ms: 1000\n    loss_max: 0\n", "loss_max: 0",
        "risk.account_defaults.loss_max: '0' is not a number from 0.00000001 to 10000000000")]
    [InlineData("    order_window_ms: 1000\n", "    order_window_ms: 1000\n  firm: {position_value_max: 0.0}\n", "firm: {",
        "risk.firm.position_value_max: '0.0' is not a number from 0.00000001 to 1000000000")]
    [InlineData("    order_window_ms: 1000\n",
        "    order_window_ms: 1000\n  groups: {binance/main: {position_value_max: 0}}\n", "groups: {",
        "risk.groups.binance/main.position_value_max: '0' is not a number from 0.00000001 to 1000000000")]
    public void Limits(string text, string by, string lineWith, string problem, int offset = 0) =>
        Check("limits.yaml", text, by, lineWith, problem, offset);

    [Theory]
    [InlineData("binance/gone", "BTC/USDT", "order_quantity_max: 1", "      BTC/USDT:",
        ": 'binance/gone' is no account of accounts.yaml")]
    [InlineData("binance/main", "DOGE/USDT", "order_quantity_max: 1", "      DOGE/USDT:",
        ": 'DOGE/USDT' is not listed at exchange 'binance'")]
    [InlineData("binance/main", "BTC/USDT", "order_quantity_max: 0.000001", "order_quantity_max",
        ".order_quantity_max: 0.000001 has more than the 5 decimals of BTC/USDT")]
    [InlineData("binance/main", "ETH/USDT", "position_quantity_max: 1.00005", "position_quantity_max",
        ".position_quantity_max: 1.00005 has more than the 4 decimals of ETH/USDT")]
    [InlineData("binance/main", "BTC/USDT", "position_quantity_max: 0", "position_quantity_max",
        ".position_quantity_max: '0' is not a number from 0.00000001 to 1000000000")]
    public void Limits_of_instruments(
        string account, string symbol, string limit, string lineWith, string problem)
    {
        using var configs = new ConfigurationCopy();
        configs.Replace(
            "limits.yaml",
            "    order_window_ms: 1000\n",
            $"""
                order_window_ms: 1000
              instruments:
                {account}:
                  {symbol}:
                    order_notional_max: 5
                    {limit}

            """);

        Assert.Equal(
            $"limits.yaml:{configs.LineOf("limits.yaml", lineWith)}: risk.instruments.{account}.{symbol}{problem}",
            configs.Problems());
    }

    [Theory]
    [InlineData("    main:\n", "    main:\n      balances: {USDT: 5}\n", "balances:",
        "accounts.binance.main.balances: are what the exchange says they are")]
    public void Funds(string text, string by, string lineWith, string problem) =>
        Check("accounts.yaml", text, by, lineWith, problem, 0);

    [Theory]
    [InlineData("port: 7443", "port: 14222", "gateway:",
        "gateway.port: 14222 is already the port of nats.port", 1)]
    [InlineData("port: 7443", "port: 0", "port: 0",
        "gateway.port: '0' is not a whole number from 1 to 65535")]
    [InlineData("port: 7443", "port: 65536", "65536",
        "gateway.port: '65536' is not a whole number from 1 to 65535")]
    [InlineData("idle_policy: backoff", "idle_policy: sleep", "sleep",
        "fastpath.idle_policy: 'sleep' is not one of spin, backoff")]
    [InlineData("  # core: 1", "  core: -1", "core: -1",
        "fastpath.core: '-1' is not a whole number from 0 to 1023")]
    [InlineData("durability: memory", "durability: tape", "tape",
        "fastpath.durability: 'tape' is not one of memory, disk")]
    [InlineData("  durability: memory\n", "", "fastpath:", "fastpath.durability: is missing")]
    [InlineData("log_head_bytes: 67108864", "log_head_bytes: 67108863", "67108863",
        "fastpath.log_head_bytes: 67108863 is not a power of two")]
    [InlineData("log_head_bytes: 67108864", "log_head_bytes: 524288", "524288",
        "fastpath.log_head_bytes: '524288' is not a whole number from 1048576 to 1073741824")]
    [InlineData("log_segment_bytes: 268435456", "log_segment_bytes: 64k", "64k",
        "fastpath.log_segment_bytes: '64k' is not a whole number from 1048576 to 4294967296")]
    [InlineData("snapshot_every_bytes: 1073741824", "snapshot_every_bytes: 0", "snapshot_every_bytes",
        "fastpath.snapshot_every_bytes: '0' is not a whole number from 1 to 1125899906842624")]
    [InlineData("snapshots_kept: 3", "snapshots_kept: 1", "snapshots_kept",
        "fastpath.snapshots_kept: '1' is not a whole number from 2 to 100")]
    [InlineData("log_retention_bytes: 17179869184", "log_retention_bytes: -1", "log_retention_bytes",
        "fastpath.log_retention_bytes: '-1' is not a whole number from 0 to 1125899906842624")]
    [InlineData("nats:", "telemetry:\n  silo_metrics_port: 7443\nnats:", "silo_metrics_port",
        "telemetry.silo_metrics_port: 7443 is already the port of gateway.port")]
    [InlineData("nats:", "telemetry:\n  otlp_endpoint: collector\nnats:", "otlp_endpoint",
        "telemetry.otlp_endpoint: 'collector' is not an address like http://127.0.0.1:4317")]
    [InlineData("nats:", "nats: {", "gateway:", "is no YAML: ", -2)]
    [InlineData("nats:", "---\nnats: {}\n---\nnats:", "nats:", "a second document begins; a file has one", 1)]
    public void Deployment(string text, string by, string lineWith, string problem, int offset = 0) =>
        Check("deployment.yaml", text, by, lineWith, problem, offset);

    [Theory]
    [InlineData("  source: file", "  source: safe", "source:",
        "keys.source: 'safe' is not one of file, vault")]
    [InlineData("  source: file", "  sources: file", "sources:",
        "keys.sources: is not known; known here: source, vault")]
    [InlineData("  source: file", "  source: vault", "keys:", "keys.vault: is missing")]
    [InlineData("address: https://vault.test", "address: vault.test", "address:",
        "keys.vault.address: 'vault.test' is not https://HOST or https://HOST:PORT")]
    [InlineData("address: https://vault.test", "address: https://vault.test/v1", "address:",
        "keys.vault.address: 'https://vault.test/v1' is not https://HOST or https://HOST:PORT")]
    [InlineData("address: https://vault.test", "address: http://vault.test", "address:",
        "keys.vault.address: 'http://vault.test' would send secrets in the clear; " +
        "only https:// may leave this host")]
    [InlineData("    address: https://vault.test\n", "", "vault:", "keys.vault.address: is missing")]
    [InlineData("mount: kv/desk", "mount: /kv", "mount:", "keys.vault.mount: '/kv' is no path: ")]
    [InlineData("namespace: trading", "namespace: a b", "namespace:", "keys.vault.namespace: 'a b' is no path: ")]
    [InlineData("ca_file: /etc/ca.pem", "ca_file: ca.pem", "ca_file:",
        "keys.vault.ca_file: 'ca.pem' is not an absolute path")]
    [InlineData("auth: approle", "auth: kerberos", "auth:",
        "keys.vault.auth: 'kerberos' is not one of token, approle")]
    [InlineData("auth: approle", "auth: token", "vault:", "keys.vault.token_file: is missing")]
    [InlineData("auth: approle", "auth: token", "role_id_file:",
        "keys.vault.role_id_file: is not for auth: token")]
    [InlineData("    role_id_file: /etc/role\n", "", "vault:", "keys.vault.role_id_file: is missing")]
    [InlineData("    secret_id_file: /etc/secret", "    secret_id_file: /etc/secret\n    token_file: /etc/token",
        "token_file:", "keys.vault.token_file: is not for auth: approle")]
    public void Keys(string text, string by, string lineWith, string problem)
    {
        using var configs = new ConfigurationCopy();
        if (!text.Contains("source", StringComparison.Ordinal))
        {
            configs.UseVault();
        }

        configs.Replace("deployment.yaml", text, by);

        int line = configs.LineOf("deployment.yaml", lineWith);
        Assert.Contains($"deployment.yaml:{line}: {problem}", configs.Problems());
    }

    [Fact]
    public void Problems_with_vault_are_told_all_at_once()
    {
        using var configs = new ConfigurationCopy();
        configs.UseVault();
        configs.Replace("deployment.yaml", "https://vault.test", "vault.test");
        configs.Replace("deployment.yaml", "mount: kv/desk", "mount: ..");
        configs.Replace("deployment.yaml", "/etc/role", "role");
        configs.Replace("deployment.yaml", "/etc/secret", "secret");

        Assert.Equal(4, configs.Problems().Split(Environment.NewLine).Length);
    }

    [Theory]
    [InlineData("seed: 42", "seed: -1", "seed:", "seed: '-1' is not a whole number from 0 to 2147483647")]
    [InlineData("USDT: \"500000\"", "USDT: \"0.000000001\"", "0.000000001",
        "balances.binance/main.USDT: 0.000000001 has more than 8 decimals")]
    [InlineData("binance/main:", "binance/gone:", "binance/gone",
        "balances.binance/gone: is no account of accounts.yaml")]
    public void Simulator(string text, string by, string lineWith, string problem)
    {
        using var configs = new ConfigurationCopy();
        configs.Replace("simulator.yaml", text, by);
        Domain.Configuration.SystemConfiguration system = ConfigurationFolder.Load(configs.Path);

        var exception = Assert.Throws<ConfigurationException>(
            () => ConfigurationFolder.LoadSimulator(configs.Path, system));

        Assert.Equal(
            $"{configs.Of("simulator.yaml")}:{configs.LineOf("simulator.yaml", lineWith)}: {problem}",
            exception.Message);
    }

    [Fact]
    public void More_accounts_than_the_limit_are_told_at_the_first_above_it()
    {
        using var configs = new ConfigurationCopy();
        configs.Replace("limits.yaml", "accounts_max: 256", "accounts_max: 3");

        int line = configs.LineOf("accounts.yaml", "    sub_market_making:");
        Assert.Equal(
            $"accounts.yaml:{line}: accounts.binance.sub_market_making: 4 accounts are more than " +
            "capacity.accounts_max, 3",
            configs.Problems());
    }

    [Fact]
    public void More_listings_than_the_limit_are_told()
    {
        using var configs = new ConfigurationCopy();
        configs.Replace("limits.yaml", "instruments_max: 256", "instruments_max: 1");

        Assert.EndsWith(
            "exchanges.binance: 4 listings are more than capacity.instruments_max, 1",
            configs.Problems());
    }

    [Fact]
    public void A_switch_that_would_cost_too_much_of_an_address_is_told()
    {
        using var configs = new ConfigurationCopy();
        configs.Replace("exchanges.yaml", "# dead_mans_switch_ms: 60000", "dead_mans_switch_ms: 5000");
        Assert.Equal(5_000, ConfigurationFolder.Load(configs.Path).Exchanges[0].Futures!.DeadMansSwitchMs);

        configs.Replace("accounts.yaml", "futures_enabled: false", "futures_enabled: true");
        int line = configs.LineOf("exchanges.yaml", "dead_mans_switch_ms:");
        Assert.Equal(
            $"exchanges.yaml:{line}: exchanges.binance.futures.dead_mans_switch_ms: 5000 costs a weight of 1440 a "
            + "minute for the 2 accounts without source_ip and 2 listings, and 720 is the most: choose a longer time, "
            + "or spread the accounts over source addresses",
            configs.Problems());

        configs.Replace(
            "accounts.yaml", "futures_enabled: true", "futures_enabled: true\n      source_ip: 192.0.2.7");
        _ = ConfigurationFolder.Load(configs.Path);
    }

    [Fact]
    public void An_empty_file_is_told()
    {
        using var configs = new ConfigurationCopy();
        File.WriteAllText(configs.Of("limits.yaml"), "# nothing\n");

        Assert.Equal("limits.yaml: the file is empty", configs.Problems());
    }

    private static void Check(
        string file, string text, string by, string lineWith, string problem, int offset)
    {
        using var configs = new ConfigurationCopy();
        configs.Replace(file, text, by);

        Assert.Contains($"{file}:{configs.LineOf(file, lineWith) + offset}: {problem}", configs.Problems());
    }
}
