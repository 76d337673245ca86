namespace Oms.ExchangeSimulator.Judge;

/// <summary>How the exchange misbehaves at present; its markets share it.</summary>
internal sealed class Misbehaviour(int seed)
{
    public Faults Faults { get; } = new(seed);

    public Bans Bans { get; } = new();

    public ClockSkew Skew { get; } = new();
}
