namespace Oms.Domain.Instruments;

/// <summary>A trading segment of an exchange, with its own wallet.</summary>
public enum Market : byte
{
    Spot = 1,
    Futures = 2,
}
