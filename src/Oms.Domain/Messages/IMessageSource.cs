namespace Oms.Domain.Messages;

/// <summary>Something that messages are read from, one after the other: a ring, or the log.</summary>
public interface IMessageSource
{
    /// <summary>
    /// The next message, valid until the next call; false when there is none now. The call says that the
    /// message
    /// before it was dealt with.
    /// </summary>
    bool TryRead(out ReadOnlySpan<byte> message);
}
