using System.Runtime.InteropServices;

namespace Oms.Domain.Messages;

/// <summary>
/// Monotonic clock readings (nanoseconds, comparable over the processes of one host) along the path of an
/// order.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
public readonly record struct StageStamps
{
    public const int Length = 64;

    /// <summary>The request was decoded in the gateway.</summary>
    [field: FieldOffset(0)]
    public long GatewayReceived { get; init; }

    /// <summary>The command was offered to its ring.</summary>
    [field: FieldOffset(8)]
    public long GatewayOffered { get; init; }

    /// <summary>FastPath took the command from the ring.</summary>
    [field: FieldOffset(16)]
    public long FastPathPolled { get; init; }

    /// <summary>Log and risk are done, the request is offered to the connector.</summary>
    [field: FieldOffset(24)]
    public long RiskDecided { get; init; }

    /// <summary>The connector took the request from its ring.</summary>
    [field: FieldOffset(32)]
    public long ConnectorPolled { get; init; }

    /// <summary>The signed bytes were handed to the socket.</summary>
    [field: FieldOffset(40)]
    public long Sent { get; init; }

    /// <summary>The first answer of the exchange was read.</summary>
    [field: FieldOffset(48)]
    public long ReplyReceived { get; init; }

    [field: FieldOffset(56)]
    public long Unused { get; init; }
}
