using System.Runtime.InteropServices;

namespace Oms.Bench.Engine;

/// <summary>
/// What a book tells the world of one thing that happened, 32 bytes.
///
///      0      8       16         24            28     30   31   32
///      | id   | price | quantity | counterpart | symb.|kind|side|
///
/// </summary>
/// <param name="Quantity">
/// Of a fill, what traded; of an order that arrived, what is left; of a cancel, what it took out.
/// </param>
/// <param name="Counterpart">Of a fill of the maker <c>OrderId</c>, the taker.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct BookEvent(
    long OrderId, long Price, long Quantity, uint Counterpart, ushort Symbol, EventKind Kind, byte Side);
