using Oms.Cli.Trading;

namespace Oms.Cli.Firm;

/// <summary>What all accounts hold and owe of an asset, as scripts read it.</summary>
internal sealed record ExposureJson(
    string Asset, string Held, string Derivatives, string Net, string? Value, ShareJson[] Accounts)
{
    public static ExposureJson Of(V1.AssetExposure exposure) => new(
        exposure.Asset,
        exposure.Held,
        exposure.Derivatives,
        exposure.Net,
        Wording.NullIfEmpty(exposure.Value),
        [.. exposure.Accounts.Select(ShareJson.Of)]);
}
