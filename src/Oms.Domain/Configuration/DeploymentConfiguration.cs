namespace Oms.Domain.Configuration;

/// <summary>
/// <c>configs/deployment.yaml</c>: where processes listen on this host, how they wait, and where exchange
/// keys come from.
/// </summary>
public sealed record DeploymentConfiguration
{
    public required int NatsPort { get; init; }

    public required int NatsMonitoringPort { get; init; }

    public required int GatewayPort { get; init; }

    /// <summary>
    /// The exchange simulator's port; null where real exchanges are configured and none is started.
    /// </summary>
    public int? SimulatorPort { get; init; }

    /// <summary>What a polling thread does when there is nothing to do.</summary>
    public required IdlePolicy IdlePolicy { get; init; }

    /// <summary>The core that FastPath is pinned to; null for any.</summary>
    public int? FastPathCore { get; init; }

    /// <summary>Whether FastPath keeps what it touches in memory.</summary>
    public bool LockMemory { get; init; } = true;

    /// <summary>How long FastPath warms itself up before it is ready; 0 is not at all.</summary>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromMilliseconds(800);

    public GatewayConfiguration Gateway { get; init; } = new();

    public required KeysConfiguration Keys { get; init; }

    public LogConfiguration Log { get; init; } = new();

    public LogFilesConfiguration LogFiles { get; init; } = new();

    public TelemetryConfiguration Telemetry { get; init; } = new();
}
