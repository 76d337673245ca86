using System.Text.Json.Serialization;

namespace Oms.Cli.Supervision;

/// <summary>What is true of a process of the deployment.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<SupervisedState>))]
internal enum SupervisedState
{
    Stopped,
    Starting,
    Ready,

    /// <summary>Working, with a dependency missing; the detail says which.</summary>
    Degraded,

    /// <summary>It ended, and is about to be started again.</summary>
    Restarting,

    /// <summary>It is there and does not answer.</summary>
    Unresponsive,
}
