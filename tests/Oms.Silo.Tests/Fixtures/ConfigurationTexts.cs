namespace Oms.Silo.Tests;

/// <summary>The least that is a valid configuration.</summary>
internal static class ConfigurationTexts
{
    public static IEnumerable<(string File, string Text)> Of(int natsPort) =>
    [
        ("accounts.yaml", """
            accounts:
              binance:
                main:
                  type: main
                  api_key_vault_path: binance_main
                  spot_enabled: true
                  futures_enabled: false
                sub_spot_arb:
                  type: sub
                  parent: main
                  api_key_vault_path: binance_sub_spot_arb
                  spot_enabled: true
                  futures_enabled: false
                  strategy: "arbitrage"
            account_routing:
              default: main
              strategies:
                arbitrage: sub_spot_arb
            """),
        ("exchanges.yaml", """
            exchanges:
              binance:
                kind: binance
                rest_url: http://127.0.0.1:18080
                websocket_api_url: ws://127.0.0.1:18080/ws-api/v3
                stream_url: ws://127.0.0.1:18080
                recv_window_ms: 5000
                top_of_book_interval_ms: 10
                listings:
                  - symbol: BTC/USDT
                    market: spot
                    exchange_symbol: BTCUSDT
                    price_decimals: 2
                    quantity_decimals: 5
            """),
        ("limits.yaml", """
            risk:
              order_notional_max: "100000"
              price_collar_basis_points: 500
              reference_price_age_max_ms: 5000
              open_orders_per_account_max: 200
              command_age_max_ms: 5000
            capacity:
              orders_held_max: 100000
              accounts_max: 256
              instruments_max: 256
              ring_capacity_bytes: 1048576
            """),
        ("deployment.yaml", $"""
            nats:
              port: {natsPort}
              monitoring_port: {(natsPort == 65535 ? 1024 : natsPort + 1)}
            gateway:
              port: 7443
            simulator:
              port: 18080
            fastpath:
              idle_policy: backoff
              durability: memory
            """),
    ];
}
