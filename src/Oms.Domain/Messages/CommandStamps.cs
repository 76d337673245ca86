using System.Runtime.InteropServices;

namespace Oms.Domain.Messages;

/// <summary>
/// Monotonic clock readings (nanoseconds, comparable over the processes of one host) of a command
/// before the engine takes it in.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
public readonly record struct CommandStamps
{
    public const int Length = 24;

    /// <summary>The request was decoded by its sender.</summary>
    [field: FieldOffset(0)]
    public long GatewayReceived { get; init; }

    /// <summary>The command was offered to its ring.</summary>
    [field: FieldOffset(8)]
    public long GatewayOffered { get; init; }

    /// <summary>FastPath took the command from the ring.</summary>
    [field: FieldOffset(16)]
    public long FastPathPolled { get; init; }
}
