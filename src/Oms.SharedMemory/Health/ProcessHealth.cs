namespace Oms.SharedMemory.Health;

/// <summary>The last words of a process: who it is, how it is, and how long ago it said so.</summary>
public sealed record ProcessHealth(
    string Role, int Pid, ProcessState State, string Address, string Detail, TimeSpan HeartbeatAge)
{
    /// <summary>A process that has not been heard for longer is not taken at its word.</summary>
    public static readonly TimeSpan HeartbeatAgeMax = TimeSpan.FromSeconds(3);

    public bool IsFresh => HeartbeatAge < HeartbeatAgeMax;
}
