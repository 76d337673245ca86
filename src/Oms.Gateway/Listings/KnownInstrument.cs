using Oms.Domain.Ids;
using Oms.Domain.Instruments;

namespace Oms.Gateway.Listings;

/// <summary>An instrument by its number and its names.</summary>
internal sealed record KnownInstrument(
    InstrumentId Id,
    string Exchange,
    Market Market,
    string Symbol,
    string ExchangeSymbol,
    KnownAsset Base,
    KnownAsset Quote,
    int PriceDecimals,
    int QuantityDecimals);
