namespace Oms.SharedMemory.Rings;

/// <summary>A ring and the roles of the two processes at its ends.</summary>
public sealed record RingDefinition(string Name, string Writer, string Reader);
