namespace Oms.Domain.Configuration;

/// <summary>What has happened to the log before anybody is told what it says.</summary>
public enum Durability
{
    /// <summary>It is in shared memory: it survives the death of every process.</summary>
    Memory,

    /// <summary>It is on the disk: it survives the death of the machine.</summary>
    Disk,
}
