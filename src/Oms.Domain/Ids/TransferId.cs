using System.Globalization;

namespace Oms.Domain.Ids;

/// <summary>
/// The OMS's own number of a transfer, never reused: <c>shard (8 bits) | epoch (24 bits) | number (31
/// bits)</c>, as of an <see cref="OrderId"/>, counted for itself.
/// </summary>
public readonly record struct TransferId(long Value)
{
    public static TransferId None => default;

    public bool IsNone => Value == 0;

    public int Shard => new OrderId(Value).Shard;

    public int Epoch => new OrderId(Value).Epoch;

    public long Number => Value & OrderId.NumberMax;

    public static TransferId Of(int shard, int epoch, long number) => new(OrderId.Of(shard, epoch, number).Value);

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
