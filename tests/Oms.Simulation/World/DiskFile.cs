namespace Oms.Simulation.World;

/// <summary>What the disk has of a file, and what of it is only in the kernel's hands.</summary>
internal sealed class DiskFile(byte[] durable, bool isNameDurable)
{
    /// <summary>What a machine that dies now surely leaves.</summary>
    public byte[] Durable { get; set; } = durable;

    /// <summary>Written since the last sync.</summary>
    public List<(long Offset, int Length)> Dirty { get; } = [];

    /// <summary>Whether the folder is on the disk with this file in it.</summary>
    public bool IsNameDurable { get; set; } = isNameDurable;
}
