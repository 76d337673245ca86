using System.Collections.Immutable;

namespace Oms.Keys;

/// <summary>What a source says of an owner's keys.</summary>
/// <param name="Keys">In the order of their priority; they belong to whoever takes the reading.</param>
internal sealed record KeyReading(KeyStatus Status, ImmutableArray<ExchangeKey> Keys)
{
    public static KeyReading Of(KeyOwner owner, ImmutableArray<ExchangeKey> keys) =>
        new(new(owner, KeyStanding.Usable, ""), keys);

    public static KeyReading Nothing(KeyOwner owner, KeyStanding standing, string detail) =>
        new(new(owner, standing, detail), []);
}
