using Grpc.Core;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Domain.Numbers;
using Oms.Gateway.Listings;

namespace Oms.Gateway.Api;

/// <summary>Tells instruments and their prices.</summary>
internal sealed class MarketDataService(ListingNames names, StateReader state)
    : V1.MarketDataService.MarketDataServiceBase
{
    public override Task<V1.ListInstrumentsResponse> ListInstruments(
        V1.ListInstrumentsRequest request, ServerCallContext context)
    {
        names.Refresh();
        return Task.FromResult(new V1.ListInstrumentsResponse
        {
            Instruments =
            {
                names.Instruments
                    .Where(instrument =>
                        (request.Exchange.Length == 0 || instrument.Exchange == request.Exchange)
                        && (request.Market == V1.Market.Unspecified
                            || instrument.Market == (Market)request.Market))
                    .Select(Of),
            },
        });
    }

    public override Task<V1.GetTopOfBookResponse> GetTopOfBook(
        V1.GetTopOfBookRequest request, ServerCallContext context)
    {
        OrderIntake.CheckSymbol(request.Symbol);
        if (request.Market == V1.Market.Unspecified || !Enum.IsDefined(request.Market))
        {
            throw RpcFailures.Invalid("market", "is not given, or none that is known");
        }

        KnownInstrument instrument =
            names.FindInstrument(request.Exchange, (Market)request.Market, request.Symbol)
            ?? throw RpcFailures.InstrumentNotFound(request.Exchange, request.Symbol);
        return Task.FromResult(
            new V1.GetTopOfBookResponse { TopOfBook = Of(instrument, state.TopOf(instrument)) });
    }

    private static V1.Instrument Of(KnownInstrument instrument) => new()
    {
        Exchange = instrument.Exchange,
        Market = (V1.Market)instrument.Market,
        Symbol = instrument.Symbol,
        ExchangeSymbol = instrument.ExchangeSymbol,
        BaseAsset = instrument.Base.Name,
        QuoteAsset = instrument.Quote.Name,
        PriceDecimals = instrument.PriceDecimals,
        QuantityDecimals = instrument.QuantityDecimals,
    };

    private static V1.TopOfBook Of(KnownInstrument instrument, TopOfBook? top)
    {
        var told = new V1.TopOfBook
        {
            Exchange = instrument.Exchange,
            Market = (V1.Market)instrument.Market,
            Symbol = instrument.Symbol,
            IsValid = top is not null,
        };
        if (top is { } prices)
        {
            told.BidPrice = DecimalText.FormatShort(prices.BidPrice, instrument.PriceDecimals);
            told.BidQuantity = DecimalText.FormatShort(prices.BidQuantity, instrument.QuantityDecimals);
            told.AskPrice = DecimalText.FormatShort(prices.AskPrice, instrument.PriceDecimals);
            told.AskQuantity = DecimalText.FormatShort(prices.AskQuantity, instrument.QuantityDecimals);
            told.Time = ContractMapping.TimeOf(prices.ExchangeUnixNanos);
        }

        return told;
    }
}
