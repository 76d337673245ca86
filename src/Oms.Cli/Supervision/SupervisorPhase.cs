using System.Text.Json.Serialization;

namespace Oms.Cli.Supervision;

/// <summary>How far the supervisor is.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<SupervisorPhase>))]
internal enum SupervisorPhase
{
    /// <summary>Checking, preparing, starting; not everything was ready yet.</summary>
    Starting,

    /// <summary>Everything was ready; from now on it is kept so.</summary>
    Watching,
    Stopping,
}
