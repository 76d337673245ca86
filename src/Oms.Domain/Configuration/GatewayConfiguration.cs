namespace Oms.Domain.Configuration;

/// <summary>How much may be asked of the gateway; cancels and halts are never held up.</summary>
public sealed record GatewayConfiguration
{
    /// <summary>Calls of one client, other than cancels and halts, per second; as many at once.</summary>
    public int ClientCallsPerSecond { get; init; } = 20_000;

    /// <summary>Orders and changes of orders on one account per second; as many at once.</summary>
    public int AccountCommandsPerSecond { get; init; } = 10_000;
}
