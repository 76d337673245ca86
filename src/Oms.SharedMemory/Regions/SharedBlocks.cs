namespace Oms.SharedMemory.Regions;

/// <summary>Every block of a deployment.</summary>
public static class SharedBlocks
{
    /// <summary>The newest part of FastPath's log.</summary>
    public const string LogHead = "log-head";
}
