using Grpc.Core;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Gateway.Listings;

namespace Oms.Gateway.Api;

/// <summary>Tells instruments and their prices.</summary>
internal sealed class MarketDataService(ListingNames names, TopsOfBook tops, Books books, Conflation conflation)
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
        KnownInstrument instrument = Known("", request.Exchange, request.Market, request.Symbol);
        return Task.FromResult(new V1.GetTopOfBookResponse { TopOfBook = tops.Of(instrument) });
    }

    public override Task StreamTopOfBook(
        V1.StreamTopOfBookRequest request,
        IServerStreamWriter<V1.StreamTopOfBookResponse> responseStream,
        ServerCallContext context)
    {
        if (request.Instruments.Count > GatewayLimits.InstrumentsPerStreamMax)
        {
            throw RpcFailures.Invalid(
                "instruments",
                $"holds {request.Instruments.Count}, more than {GatewayLimits.InstrumentsPerStreamMax}");
        }

        KnownInstrument[] instruments =
        [
            .. request.Instruments.Select((name, index) =>
                Known($"instruments[{index}].", name.Exchange, name.Market, name.Symbol)),
        ];
        var told = new Dictionary<InstrumentId, V1.TopOfBook>();
        return conflation.Run(Next, FieldCheck.Interval(request.IntervalMs), responseStream, context);

        V1.StreamTopOfBookResponse? Next()
        {
            var response = new V1.StreamTopOfBookResponse();
            foreach (KnownInstrument instrument in instruments.Length > 0 ? instruments : [.. names.Instruments])
            {
                V1.TopOfBook top = tops.Of(instrument);
                if (!told.TryGetValue(instrument.Id, out V1.TopOfBook? before) || !before.Equals(top))
                {
                    told[instrument.Id] = top;
                    response.TopsOfBook.Add(top);
                }
            }

            return response.TopsOfBook.Count > 0 ? response : null;
        }
    }

    public override Task<V1.GetBookResponse> GetBook(V1.GetBookRequest request, ServerCallContext context)
    {
        KnownInstrument instrument = Known("", request.Exchange, request.Market, request.Symbol);
        return Task.FromResult(new V1.GetBookResponse
        {
            Book = books.Of(instrument, FieldCheck.Depth(request.Depth)),
        });
    }

    public override Task StreamBook(
        V1.StreamBookRequest request,
        IServerStreamWriter<V1.StreamBookResponse> responseStream,
        ServerCallContext context)
    {
        KnownInstrument instrument = Known("", request.Exchange, request.Market, request.Symbol);
        int depth = FieldCheck.Depth(request.Depth);
        V1.Book? told = null;
        return conflation.Run(Next, FieldCheck.Interval(request.IntervalMs), responseStream, context);

        V1.StreamBookResponse? Next()
        {
            V1.Book book = books.Of(instrument, depth);
            bool isNew = !book.Equals(told);
            told = book;
            return isNew ? new() { Book = book } : null;
        }
    }

    public override Task<V1.GetConsolidatedBookResponse> GetConsolidatedBook(
        V1.GetConsolidatedBookRequest request, ServerCallContext context)
    {
        CheckListed(request.Market, request.Symbol);
        return Task.FromResult(new V1.GetConsolidatedBookResponse
        {
            Book = Consolidated(request.Market, request.Symbol, FieldCheck.Depth(request.Depth)),
        });
    }

    public override Task StreamConsolidatedBook(
        V1.StreamConsolidatedBookRequest request,
        IServerStreamWriter<V1.StreamConsolidatedBookResponse> responseStream,
        ServerCallContext context)
    {
        CheckListed(request.Market, request.Symbol);
        int depth = FieldCheck.Depth(request.Depth);
        V1.ConsolidatedBook? told = null;
        return conflation.Run(Next, FieldCheck.Interval(request.IntervalMs), responseStream, context);

        V1.StreamConsolidatedBookResponse? Next()
        {
            V1.ConsolidatedBook book = Consolidated(request.Market, request.Symbol, depth);
            bool isNew = !book.Equals(told);
            told = book;
            return isNew ? new() { Book = book } : null;
        }
    }

    private V1.ConsolidatedBook Consolidated(V1.Market market, string symbol, int depth)
    {
        V1.ConsolidatedBook book = tops.Consolidate((Market)market, symbol);
        if (depth > 0)
        {
            books.AddLevels(book, tops.Listings((Market)market, symbol), depth);
        }

        return book;
    }

    private void CheckListed(V1.Market market, string symbol)
    {
        FieldCheck.Symbol("symbol", symbol);
        FieldCheck.Enumeration("market", market, isRequired: true);
        names.Refresh();
        if (!tops.Listings((Market)market, symbol).Any())
        {
            throw RpcFailures.InstrumentNotFound("any exchange", symbol);
        }
    }

    /// <param name="prefix">Of the fields' names.</param>
    private KnownInstrument Known(string prefix, string exchange, V1.Market market, string symbol)
    {
        FieldCheck.Symbol(prefix + "symbol", symbol);
        FieldCheck.Enumeration(prefix + "market", market, isRequired: true);
        return names.FindInstrument(exchange, (Market)market, symbol)
            ?? throw RpcFailures.InstrumentNotFound(exchange, symbol);
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
}
