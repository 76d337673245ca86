namespace Oms.Matching;

/// <summary>What became of an order that arrived.</summary>
public enum PlacementOutcome : byte
{
    /// <summary>Its last quantity traded.</summary>
    Filled,

    /// <summary>What is left of it rests.</summary>
    Rested,

    /// <summary>Immediate or cancel: what is left of it found no counterpart, and is dropped.</summary>
    Dropped,

    /// <summary>Fill or kill: not all of it would have traded, so nothing happened.</summary>
    Unfillable,

    /// <summary>Post-only: some of it would have traded, so nothing happened.</summary>
    WouldTrade,

    /// <summary>It met an order of its owner: what is left of it, if anything, is dropped.</summary>
    SelfTradePrevented,
}
