namespace Oms.Domain.Ids;

/// <summary>An instrument at one exchange with fixed decimals, numbered from 1; 0 is none.</summary>
public readonly record struct InstrumentId(uint Value)
{
    public static InstrumentId None => default;

    public bool IsNone => Value == 0;

    public override string ToString() => Value.ToString();
}
