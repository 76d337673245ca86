namespace Oms.FastPath.Recovery;

/// <summary>
/// An inbound ring that is there: its number in the log, its name, and which of that name it is.
/// </summary>
internal readonly record struct RingIdentity(int Number, string Name, long Incarnation);
