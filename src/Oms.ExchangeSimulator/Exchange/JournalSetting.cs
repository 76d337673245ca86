namespace Oms.ExchangeSimulator.Exchange;

/// <summary>How an account trades futures from now on; what is null stays as it is.</summary>
/// <param name="Symbol">Of leverage and margin type.</param>
internal sealed record JournalSetting(
    string Account, string? Symbol, int? Leverage, bool? IsHedged, bool? IsIsolated = null);
