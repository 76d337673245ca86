using System.Collections.Immutable;
using Oms.Domain.Instruments;

namespace Oms.Grains.Rebalancing;

/// <summary>What a plan must know of an account; amounts in the asset that is moved.</summary>
internal sealed record AccountFunds
{
    public required string Account { get; init; }

    /// <summary>Its balance of the asset, in all wallets.</summary>
    public required decimal Held { get; init; }

    /// <summary>Of all it has.</summary>
    public decimal Worth { get; init; }

    /// <summary>What may be moved, by wallet; money that comes goes to the first.</summary>
    public required ImmutableArray<(Market Wallet, decimal Free)> Wallets { get; init; }

    /// <summary>On its way to the account, and not in what is held.</summary>
    public decimal Coming { get; init; }

    /// <summary>Asked for and maybe still in what is held.</summary>
    public decimal Leaving { get; init; }

    /// <summary>What a main account keeps of the asset, or a sub-account may have of it; null for none.</summary>
    public decimal? Bound { get; init; }

    /// <summary>What all it has may be worth; null for none.</summary>
    public decimal? WorthMax { get; init; }

    /// <summary>Why nothing is moved from or to it; empty where it may.</summary>
    public string Problem { get; init; } = "";

    /// <summary>Of a sub-account, what it has above what it may; not above zero where it has not.</summary>
    public decimal Excess => Math.Max(
        Bound is { } max ? Held - Leaving - max : decimal.MinValue,
        WorthMax is { } worthMax ? Worth - Leaving - worthMax : decimal.MinValue);

    /// <summary>What it has and will have.</summary>
    public decimal Level => Held + Coming;

    /// <summary>Up to where that of a sub-account may rise; no further than it stands where nothing says so.</summary>
    public decimal LevelMax => Math.Min(
        Bound ?? (WorthMax is null ? Level : decimal.MaxValue),
        WorthMax is { } worthMax ? Level + Math.Max(0, worthMax - Worth - Coming) : decimal.MaxValue);

    public decimal Free => Wallets.Sum(wallet => wallet.Free);

    public RebalanceAccount ToView() => new()
    {
        Account = Account,
        Held = Held,
        Worth = Worth,
        Free = Free,
        Coming = Coming,
        Leaving = Leaving,
        Bound = Bound,
        WorthMax = WorthMax,
        Problem = Problem,
    };
}
