namespace Oms.Domain.Messages;

/// <summary>Whether an account's private stream is subscribed.</summary>
public enum StreamState : byte
{
    Down = 1,
    Up = 2,
}
