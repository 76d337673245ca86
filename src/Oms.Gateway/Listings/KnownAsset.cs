using Oms.Domain.Ids;

namespace Oms.Gateway.Listings;

/// <summary>An asset by its number and its name.</summary>
internal sealed record KnownAsset(AssetId Id, string Name, int Decimals);
