using System.Runtime.CompilerServices;
using Oms.Domain.Messages;

namespace Oms.Connectors;

/// <summary>Any message on its way to FastPath, as its bytes.</summary>
[InlineArray(MessageHeader.MessageBytesMax)]
internal struct Report
{
    private byte _first;

    public static Report Of<TMessage>(in TMessage message)
        where TMessage : unmanaged, IMessage
    {
        Report report = default;
        MessageBytes.Of(in message).CopyTo(report);
        return report;
    }

    /// <summary>The bytes of the message, without what is unused behind them.</summary>
    [System.Diagnostics.CodeAnalysis.UnscopedRef]
    public readonly ReadOnlySpan<byte> Message =>
        ((ReadOnlySpan<byte>)this)[..MessageBytes.Header(this).LengthBytes];
}
