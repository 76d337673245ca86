using Oms.Domain.Configuration;

namespace Oms.Cli.Supervision;

/// <summary>Which probe asks which process.</summary>
internal static class ReadinessProbes
{
    public static IReadinessProbe Of(DataFolder data, string name, Uri? healthUri) =>
        healthUri is null ? new HealthProbe(data.Path, name) : new HttpProbe(healthUri);
}
