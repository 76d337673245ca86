namespace Oms.Keys;

/// <summary>The exchange keys cannot be used; the message names file and key path, and no secret.</summary>
public sealed class KeyFileException(string message) : Exception(message);
