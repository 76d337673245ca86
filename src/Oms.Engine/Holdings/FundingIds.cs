using System.Runtime.CompilerServices;

namespace Oms.Engine.Holdings;

/// <summary>
/// The last payments of funding that were taken in, oldest first: each is booked once, in whatever order they come. A
/// payment older than all of them is taken for one that was. Payments are hours apart.
/// </summary>
[InlineArray(Length)]
internal struct FundingIds
{
    private const int Length = 8;

    private long _first;

    /// <summary>0 for none.</summary>
    public readonly long Latest => this[Length - 1];

    /// <summary>Notes a payment; false where it was taken in before, or is older than what is remembered.</summary>
    public bool TryAdd(long id)
    {
        Span<long> ids = this;
        if (id <= ids[0] || ids.Contains(id))
        {
            return false;
        }

        ids[0] = id;
        ids.Sort();
        return true;
    }

    /// <summary>Everything up to this payment was taken in.</summary>
    public void BeginBehind(long id)
    {
        if (id > Latest)
        {
            ((Span<long>)this).Fill(id);
        }
    }
}
