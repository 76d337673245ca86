namespace Oms.Domain;

/// <summary>
/// Something impossible happened; the state can no longer be trusted and the process must stop.
/// </summary>
public sealed class InvariantBrokenException(string message) : Exception(message);
