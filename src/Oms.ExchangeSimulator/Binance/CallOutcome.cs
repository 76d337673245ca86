namespace Oms.ExchangeSimulator.Binance;

/// <summary>What became of a call, and what it left of the caller's budget.</summary>
/// <param name="Answer">Null when the caller must never hear.</param>
internal readonly record struct CallOutcome(ApiAnswer? Answer, int UsedWeight, ApiKey? Key);
