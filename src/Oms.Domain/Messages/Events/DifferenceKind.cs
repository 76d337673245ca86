namespace Oms.Domain.Messages;

/// <summary>What the exchange and the engine do not agree on.</summary>
public enum DifferenceKind : byte
{
    Balance = 1,
    Position = 2,
}
