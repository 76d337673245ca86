using System.Collections.Immutable;

namespace Orleans.JetStream.Clustering;

/// <summary>A cluster's whole table as it is stored: what changes in it changes at once.</summary>
internal sealed record MembershipDocument(int Version, ImmutableArray<MemberRow> Rows)
{
    public static MembershipDocument Empty { get; } = new(0, []);

    /// <summary>The index of a silo's row, or -1.</summary>
    public int IndexOf(SiloAddress silo)
    {
        for (var index = 0; index < Rows.Length; index++)
        {
            if (Rows[index].SiloAddress.Equals(silo))
            {
                return index;
            }
        }

        return -1;
    }
}
