namespace Oms.Grains;

/// <summary>
/// What a grain says to a batch: the account sequence that it needs next. Beyond the batch, all of it is
/// stored; before the batch, events are missing and nothing of it was applied: the feed delivers from there.
/// </summary>
[GenerateSerializer]
[Immutable]
[Alias("Oms.Grains.BatchReceipt")]
public readonly record struct BatchReceipt([property: Id(0)] long NextSequence);
