using Oms.Domain.Messages;

namespace Oms.Simulation.World;

internal static class Bytes
{
    public static byte[] Of<TMessage>(TMessage message)
        where TMessage : unmanaged, IMessage => MessageBytes.Of(in message).ToArray();
}
