using System.Buffers;
using System.Runtime.CompilerServices;
using Oms.Domain.Text;

namespace Oms.Domain.Ids;

/// <summary>
/// A client's own id of an order: 1 to 36 characters of <c>[A-Za-z0-9._:/-]</c>, unique among its live
/// orders.
/// </summary>
[InlineArray(Length)]
public struct ClientOrderId : IEquatable<ClientOrderId>
{
    public const int Length = 36;

    private static readonly SearchValues<char> Allowed = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:/-");

    private byte _first;

    public readonly bool IsEmpty => this[0] == 0;

    /// <summary>False when empty, longer than 36, or with a character outside the allowed set.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out ClientOrderId id)
    {
        id = default;
        if (text.Length is 0 or > Length || text.ContainsAnyExcept(Allowed))
        {
            return false;
        }

        AsciiText.Write(text, id);
        return true;
    }

    public readonly bool Equals(ClientOrderId other) => ((ReadOnlySpan<byte>)this).SequenceEqual(other);

    public override readonly bool Equals(object? obj) => obj is ClientOrderId other && Equals(other);

    public override readonly int GetHashCode() => AsciiText.Hash(this);

    public override readonly string ToString() => AsciiText.Read(this);

    public static bool operator ==(ClientOrderId left, ClientOrderId right) => left.Equals(right);

    public static bool operator !=(ClientOrderId left, ClientOrderId right) => !left.Equals(right);
}
