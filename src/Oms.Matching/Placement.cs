namespace Oms.Matching;

/// <summary>What became of an order that arrived.</summary>
/// <param name="LeavesQuantity">What neither traded nor was decremented.</param>
/// <param name="Handle">Where that rests; none when it does not.</param>
public readonly record struct Placement(long LeavesQuantity, OrderHandle Handle, PlacementOutcome Outcome);
