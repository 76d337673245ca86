namespace Oms.ExchangeSimulator.Exchange;

/// <summary>A traded pair and its rules.</summary>
internal sealed record ListedSymbol(string Name, string BaseAsset, string QuoteAsset, SymbolRules Rules)
{
    /// <summary>The name as streams spell it.</summary>
    public string StreamPrefix { get; } = Name.ToLowerInvariant();
}
