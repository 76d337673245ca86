namespace Oms.SharedMemory.Rings;

/// <summary>A ring and the roles of the two processes at its ends.</summary>
/// <param name="IsBusy">Whether it carries what all accounts do.</param>
public sealed record RingDefinition(string Name, string Writer, string Reader, bool IsBusy = false);
