using Oms.Domain.Instruments;

namespace Oms.Grains.Markets;

/// <summary>Where a pair of assets is traded.</summary>
/// <param name="Symbol"><c>BASE/QUOTE</c>, and what it is settled in of a future.</param>
public sealed record ListedMarket(string Exchange, Market Market, string Symbol)
{
    public string Base => Symbol[..Symbol.IndexOf('/')];

    public string Quote => Symbol[(Symbol.IndexOf('/') + 1)..].Split(':')[0];
}
