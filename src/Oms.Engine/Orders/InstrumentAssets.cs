using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;

namespace Oms.Engine.Orders;

/// <summary>The wallet and the two assets that an instrument moves.</summary>
internal readonly record struct InstrumentAssets(Market Wallet, AssetId Base, AssetId Quote)
{
    public static InstrumentAssets Of(in InstrumentDefined instrument) =>
        new(instrument.Market, instrument.BaseAssetId, instrument.QuoteAssetId);
}
