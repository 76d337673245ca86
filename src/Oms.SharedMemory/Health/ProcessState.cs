namespace Oms.SharedMemory.Health;

/// <summary>What a process says of itself.</summary>
public enum ProcessState
{
    None = 0,

    /// <summary>Alive, not yet able to do its work.</summary>
    Starting = 1,
    Ready = 2,

    /// <summary>Working, with a dependency missing; the detail says which.</summary>
    Degraded = 3,
    Stopping = 4,
}
