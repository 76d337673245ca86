using System.Collections.Immutable;

namespace Oms.Gateway.Health;

/// <summary>What a health endpoint answers.</summary>
/// <param name="Status"><c>healthy</c>, <c>degraded</c> (works, and somebody should look), or <c>unhealthy</c>.</param>
/// <param name="Reasons">Why it is not healthy; empty where it is.</param>
internal record HealthVerdict(string Status, ImmutableArray<string> Reasons)
{
    public const string Healthy = "healthy";
    public const string Degraded = "degraded";
    public const string Unhealthy = "unhealthy";

    public bool IsUp => Status != Unhealthy;

    /// <param name="failures">What keeps it from working.</param>
    /// <param name="worries">What does not.</param>
    public static string StatusOf(IReadOnlyCollection<string> failures, IReadOnlyCollection<string> worries) =>
        failures.Count > 0 ? Unhealthy : worries.Count > 0 ? Degraded : Healthy;
}
