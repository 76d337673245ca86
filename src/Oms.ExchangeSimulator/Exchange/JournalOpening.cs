namespace Oms.ExchangeSimulator.Exchange;

/// <summary>What an account was given of an asset, once.</summary>
internal sealed record JournalOpening(string Account, string Asset, long Amount);
