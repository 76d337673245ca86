using System.Collections.Immutable;

namespace Oms.SharedMemory.Rings;

/// <summary>
/// Every ring of a deployment, with its one writer and its one reader: this file is the process architecture.
/// <code>
/// oms halt ─── commands.halt-0 ─────► fastpath ── events.halt-0 ─────► oms halt
/// gateway ──── commands.gateway-0 ──► fastpath ── events.gateway-0 ──► gateway
/// silo ─────── commands.silo-0 ─────► fastpath ── events.silo-0 ─────► silo
/// strategy-N ─ commands.strategy-N ─► fastpath ── events.strategy-N ─► strategy-N
/// connectors-N ── reports.connectors-N ──► fastpath ── requests.connectors-N ──► connectors-N
/// </code>
/// </summary>
public static class RingTopology
{
    /// <summary>The kill switch has a way of its own: it works with everything else dead.</summary>
    public const string HaltCommands = "commands.halt-0";
    public const string HaltEvents = "events.halt-0";
    public const string GatewayCommands = "commands.gateway-0";
    public const string GatewayEvents = "events.gateway-0";

    /// <summary>What grains want of FastPath: limits, transfers, and whatever else is decided slowly.</summary>
    public const string SiloCommands = "commands.silo-0";
    public const string SiloEvents = "events.silo-0";

    /// <summary>
    /// The process that must have every event of the log: none is removed before it has said how far it is.
    /// </summary>
    public const string SiloConsumer = "silo";

    private const string FastPath = "fastpath";
    private const string ReportsPrefix = "reports.connectors-";

    public static string ConnectorReports(int connector) => $"{ReportsPrefix}{connector}";

    public static bool IsConnectorReports(string ring) => ring.StartsWith(ReportsPrefix, StringComparison.Ordinal);

    public static string ConnectorRequests(int connector) => $"requests.connectors-{connector}";

    public static string StrategyCommands(int strategy) => $"commands.strategy-{strategy}";

    public static string StrategyEvents(int strategy) => $"events.strategy-{strategy}";

    /// <param name="connectorCount">Connector processes.</param>
    /// <param name="strategyCount">Strategy processes that may attach.</param>
    public static ImmutableArray<RingDefinition> Of(int connectorCount, int strategyCount) =>
    [
        new(HaltCommands, "oms halt", FastPath),
        new(HaltEvents, FastPath, "oms halt"),
        new(GatewayCommands, "gateway", FastPath, IsBusy: true),
        new(GatewayEvents, FastPath, "gateway", IsBusy: true),
        new(SiloCommands, SiloConsumer, FastPath, IsBusy: true),
        new(SiloEvents, FastPath, SiloConsumer, IsBusy: true),
        .. Enumerable.Range(0, strategyCount).SelectMany(strategy => new RingDefinition[]
        {
            new(StrategyCommands(strategy), $"strategy-{strategy}", FastPath),
            new(StrategyEvents(strategy), FastPath, $"strategy-{strategy}"),
        }),
        .. Enumerable.Range(0, connectorCount).SelectMany(connector => new RingDefinition[]
        {
            new(ConnectorReports(connector), "connectors", FastPath, IsBusy: true),
            new(ConnectorRequests(connector), FastPath, "connectors", IsBusy: true),
        }),
    ];
}
