using Oms.Cli.Trading;

namespace Oms.Cli.Firm;

/// <summary>Opposite positions of different accounts, as scripts read them.</summary>
internal sealed record HedgeJson(
    string Asset, ShareJson[] Longs, ShareJson[] Shorts, string Hedged, string Net, string? HedgedValue)
{
    public static HedgeJson Of(V1.Hedge hedge) => new(
        hedge.Asset,
        [.. hedge.Longs.Select(ShareJson.Of)],
        [.. hedge.Shorts.Select(ShareJson.Of)],
        hedge.Hedged,
        hedge.Net,
        Wording.NullIfEmpty(hedge.HedgedValue));
}
