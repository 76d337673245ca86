namespace Oms.SharedMemory.Rings;

/// <summary>What a look at the next place of a ring found.</summary>
public enum PeekResult
{
    Empty,
    Message,

    /// <summary>The writer wrote what is no message: nothing after it can be trusted.</summary>
    Malformed,
}
