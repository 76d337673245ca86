using System.Globalization;

namespace Oms.Domain.Ids;

/// <summary>
/// The OMS's own number of an order, never reused: <c>shard (8 bits) | epoch (24 bits) | number (31
/// bits)</c>.
/// A start of the FastPath opens a new epoch, so that a number cannot come twice.
/// </summary>
public readonly record struct OrderId(long Value)
{
    public const int NumberBits = 31;
    public const int EpochBits = 24;
    public const long NumberMax = (1L << NumberBits) - 1;
    public const int EpochMax = (1 << EpochBits) - 1;
    public const int ShardMax = 255;

    public static OrderId None => default;

    public bool IsNone => Value == 0;

    public int Shard => (int)(Value >> (NumberBits + EpochBits));

    public int Epoch => (int)((Value >> NumberBits) & EpochMax);

    public long Number => Value & NumberMax;

    public static OrderId Of(int shard, int epoch, long number)
    {
        Invariant.Holds(shard is >= 0 and <= ShardMax);
        Invariant.Holds(epoch is > 0 and <= EpochMax);
        Invariant.Holds(number is > 0 and <= NumberMax);
        return new(((long)shard << (NumberBits + EpochBits)) | ((long)epoch << NumberBits) | number);
    }

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
