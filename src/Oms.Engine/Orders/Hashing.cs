using System.Runtime.InteropServices;
using Oms.Domain.Ids;

namespace Oms.Engine.Orders;

/// <summary>Spreads keys over 32 bits; the same in every process.</summary>
internal static class Hashing
{
    /// <summary>2^64 over the golden ratio.</summary>
    private const ulong Multiplier = 0x9E37_79B9_7F4A_7C15;

    /// <summary>
    /// Of order ids, which come one after the other: eight in a row share a cache line of an index, and the
    /// lines are spread.
    /// </summary>
    // Products wrap: that is what spreads the bits.
    public static uint Of(OrderId id) => unchecked(
        ((uint)(((ulong)(id.Value >> 3) * Multiplier) >> 32) << 3) | ((uint)id.Value & 7));

    public static uint Of(long first, long second) =>
        unchecked((uint)(Mixed(Mixed(Multiplier, (ulong)first), (ulong)second) >> 32));

    public static uint Of(AccountId account, ref readonly ClientOrderId id)
    {
        ReadOnlySpan<byte> bytes = id;
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(bytes);
        ulong hash = Mixed(Multiplier, account.Value);
        foreach (ulong word in words)
        {
            hash = Mixed(hash, word);
        }

        return unchecked((uint)(Mixed(hash, MemoryMarshal.Read<uint>(bytes[32..])) >> 32));
    }

    private static ulong Mixed(ulong hash, ulong word)
    {
        hash = unchecked((hash ^ word) * Multiplier);
        return hash ^ (hash >> 29);
    }
}
