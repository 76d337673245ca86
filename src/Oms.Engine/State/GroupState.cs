using Oms.Domain.Messages;

namespace Oms.Engine.State;

/// <summary>The accounts of one owner together, or all of them: group 0 is the firm.</summary>
internal sealed class GroupState(uint id)
{
    /// <summary>The shard that divides the limits that hold over all shards.</summary>
    public const int LeadShard = 0;

    private LimitsDefined _limits;

    public uint Id { get; } = id;

    /// <summary>All zeros where none are set.</summary>
    public LimitsDefined Limits { get => _limits; set => _limits = value; }

    public ref readonly LimitsDefined LimitsRef => ref _limits;

    /// <summary>
    /// What the positions and orders of its accounts on this shard are worth at worst, at 8 decimals of the
    /// valuation asset.
    /// </summary>
    public Int128 Value { get; set; }

    /// <summary>Holdings of its accounts that cannot be valued for want of a price.</summary>
    public int UnvaluedHoldings { get; set; }

    /// <summary>
    /// Of the lead: what other shards were granted of the limit. Of another shard: what it was granted.
    /// </summary>
    public long Granted { get; set; }

    /// <summary>What its accounts on this shard may be worth.</summary>
    public long ValueMaxOf(int shard) =>
        shard == LeadShard ? _limits.PositionValueMax - Granted : Granted;

    /// <summary>Of the last grant or return that was applied, per other shard; of this one with its lead.
    /// </summary>
    public SortedDictionary<int, Allotment> Allotments { get; } = [];
}
