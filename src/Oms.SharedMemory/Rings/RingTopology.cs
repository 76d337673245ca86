using System.Collections.Immutable;

namespace Oms.SharedMemory.Rings;

/// <summary>
/// Every ring of a deployment, with its one writer and its one reader: this file is the process architecture.
/// <code>
/// gateway ── commands.gateway-0 ──► fastpath ── events.gateway-0 ──► gateway
///                                   fastpath ── events.silo-0 ─────► silo
/// connectors-N ── reports.connectors-N ──► fastpath ── requests.connectors-N ──► connectors-N
/// </code>
/// </summary>
public static class RingTopology
{
    public const string GatewayCommands = "commands.gateway-0";
    public const string GatewayEvents = "events.gateway-0";
    public const string SiloEvents = "events.silo-0";

    public static string ConnectorReports(int connector) => $"reports.connectors-{connector}";

    public static string ConnectorRequests(int connector) => $"requests.connectors-{connector}";

    public static ImmutableArray<RingDefinition> Of(int connectorCount)
    {
        var rings = ImmutableArray.CreateBuilder<RingDefinition>();
        rings.Add(new(GatewayCommands, "gateway", "fastpath"));
        rings.Add(new(GatewayEvents, "fastpath", "gateway"));
        rings.Add(new(SiloEvents, "fastpath", "silo"));
        for (int connector = 0; connector < connectorCount; connector++)
        {
            rings.Add(new(ConnectorReports(connector), "connectors", "fastpath"));
            rings.Add(new(ConnectorRequests(connector), "fastpath", "connectors"));
        }

        return rings.ToImmutable();
    }
}
