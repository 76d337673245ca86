namespace Oms.SharedMemory.Regions;

/// <summary>Another live process is this end of a ring, this writer of a table, or has this role.</summary>
public sealed class RoleTakenException(string message) : InvalidOperationException(message);
