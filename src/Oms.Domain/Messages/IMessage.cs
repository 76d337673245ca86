namespace Oms.Domain.Messages;

/// <summary>
/// A struct of explicit layout that starts with a <see cref="MessageHeader"/>, a multiple of 64 bytes long.
/// </summary>
public interface IMessage
{
    static abstract MessageKind Kind { get; }
}
