using Oms.Domain.Ids;

namespace Oms.Simulation.Exchange;

/// <summary>A part of an order that traded: one side of a trade.</summary>
internal sealed record ExchangeFill(
    long TradeId, long Price, long Quantity, bool IsMaker, long Fee, AssetId FeeAsset, ExchangeOrder? Against);
