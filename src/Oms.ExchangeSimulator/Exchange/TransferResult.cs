namespace Oms.ExchangeSimulator.Exchange;

/// <summary>What became of a transfer; null where it was refused.</summary>
internal readonly record struct TransferResult(RefusalReason Refusal, Transfer? Transfer);
