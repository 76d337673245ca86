namespace Oms.Domain.Messages;

/// <summary>
/// What two processes compare before they share a ring, a table or a log. A test computes the hash from the
/// layouts by reflection and says the new value when one changes.
/// </summary>
public static class MessageLayout
{
    /// <summary>Counts incompatible changes of rings, tables and log files themselves.</summary>
    public const int Version = 2;

    /// <summary>Of every message's kind, length, and each field's offset, type and name.</summary>
    public const ulong Hash = 0x2C14_5DE3_719E_9135;
}
