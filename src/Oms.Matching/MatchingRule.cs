namespace Oms.Matching;

/// <summary>What may become of the part of an order that does not trade on arrival.</summary>
public enum MatchingRule : byte
{
    /// <summary>It rests.</summary>
    Rest,

    /// <summary>It is all of the order, and rests; if any of it would trade, nothing happens.</summary>
    PostOnly,

    /// <summary>It is dropped.</summary>
    ImmediateOrCancel,

    /// <summary>There is none: all of the order trades, or nothing happens.</summary>
    FillOrKill,
}
