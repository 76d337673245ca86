using System.Collections.Frozen;
using Grpc.Core;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Numbers;
using Oms.Gateway.Listings;

namespace Oms.Gateway.Api;

/// <summary>Tells positions.</summary>
internal sealed class PositionService(ListingNames names, StateReader state, Conflation conflation)
    : V1.PositionService.PositionServiceBase
{
    public override Task<V1.ListPositionsResponse> ListPositions(
        V1.ListPositionsRequest request, ServerCallContext context)
    {
        var accounts = AccountFilter.Readable(context, names, request.Account);
        return Task.FromResult(new V1.ListPositionsResponse { Positions = { PositionsOf(accounts) } });
    }

    public override Task StreamPositions(
        V1.StreamPositionsRequest request,
        IServerStreamWriter<V1.StreamPositionsResponse> responseStream,
        ServerCallContext context)
    {
        var accounts = AccountFilter.Readable(context, names, request.Account);
        var told = new Dictionary<(string, V1.Market, string, V1.PositionSide), V1.Position>();
        bool isFirst = true;
        return conflation.Run(Next, FieldCheck.Interval(request.IntervalMs), responseStream, context);

        V1.StreamPositionsResponse? Next()
        {
            var response = new V1.StreamPositionsResponse();
            foreach (V1.Position position in PositionsOf(accounts))
            {
                var key = (position.Account, position.Market, position.Symbol, position.PositionSide);
                if (!told.TryGetValue(key, out V1.Position? before) || !before.Equals(position))
                {
                    told[key] = position;
                    response.Positions.Add(position);
                }
            }

            bool isNews = isFirst || response.Positions.Count > 0;
            isFirst = false;
            return isNews ? response : null;
        }
    }

    private IEnumerable<V1.Position> PositionsOf(FrozenSet<AccountId> accounts)
    {
        foreach (PositionChanged row in state.Positions)
        {
            if (accounts.Contains(row.Header.AccountId)
                && names.FindAccount(row.Header.AccountId) is { } account
                && names.FindInstrument(row.InstrumentId) is { } instrument)
            {
                yield return Of(in row, account, instrument, state.TopOf(instrument));
            }
        }
    }

    /// <summary>The position in the words of the contract.</summary>
    /// <param name="top">Null without a valid book.</param>
    internal static V1.Position Of(
        in PositionChanged row, KnownAccount account, KnownInstrument instrument, TopOfBook? top)
    {
        int quoteDecimals = instrument.Quote.Decimals;
        int baseDecimals = instrument.Base.Decimals;
        return new()
        {
            Account = account.Name,
            Market = (V1.Market)instrument.Market,
            Symbol = instrument.Symbol,
            PositionSide = ContractMapping.Of(row.PositionSide),
            Quantity = DecimalText.FormatShort(row.Quantity, baseDecimals),
            AveragePrice = row.Quantity == 0
                ? ""
                : DecimalText.FormatShort(
                    DisplayMath.AveragePrice(
                        row.OpenNotional,
                        quoteDecimals,
                        row.Quantity,
                        baseDecimals,
                        instrument.PriceDecimals),
                    instrument.PriceDecimals),
            RealizedPnl = DecimalText.FormatShort(row.RealizedPnl, quoteDecimals),
            UnrealizedPnl = UnrealizedPnl(in row, instrument, top) is { } pnl
                ? DecimalText.FormatShort(pnl, quoteDecimals)
                : "",
            QuoteFees = DecimalText.FormatShort(row.QuoteFees, quoteDecimals),
            BaseFees = DecimalText.FormatShort(row.BaseFees, baseDecimals),
        };
    }

    /// <summary>What closing it at the best opposite price would bring, mantissa at the quote asset's decimals; null
    /// without a valid book.</summary>
    internal static Int128? UnrealizedPnl(in PositionChanged row, KnownInstrument instrument, TopOfBook? top)
    {
        if (row.Quantity == 0)
        {
            return 0;
        }

        return top is not { } prices
            ? null
            : DisplayMath.Notional(
                row.Quantity > 0 ? prices.BidPrice : prices.AskPrice,
                instrument.PriceDecimals,
                row.Quantity,
                instrument.Base.Decimals,
                instrument.Quote.Decimals) - row.OpenNotional;
    }
}
