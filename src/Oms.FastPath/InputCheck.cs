namespace Oms.FastPath;

/// <summary>Says whether a message may come in by a ring.</summary>
internal delegate bool InputCheck(ReadOnlySpan<byte> message);
