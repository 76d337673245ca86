using System.Globalization;

namespace Oms.Bench.Workloads;

/// <summary>Folds numbers into one, in their order. All arithmetic wraps.</summary>
internal struct Checksum()
{
    private const ulong Prime = 0x100000001b3;

    public ulong Value { get; private set; } = 0xcbf29ce484222325;

    public void Fold(ulong number) => Value = unchecked((Value ^ number) * Prime);

    public void Fold(long number) => Fold(unchecked((ulong)number));

    /// <summary>16 hexadecimal digits.</summary>
    public override readonly string ToString() => Value.ToString("x16", CultureInfo.InvariantCulture);
}
