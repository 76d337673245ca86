namespace Oms.Engine.State;

/// <summary>A shard's part of a limit over all shards.</summary>
/// <param name="Amount">At 8 decimals of the valuation asset.</param>
/// <param name="Number">Of the last message that changed it.</param>
/// <param name="Answer">What that message was answered with: repeated when it comes again.</param>
internal readonly record struct Allotment(long Amount, long Number, long Answer);
