using Grpc.Core;
using Oms.Domain.Messages;
using Oms.Domain.Numbers;
using Oms.Gateway.Listings;

namespace Oms.Gateway.Api;

/// <summary>Tells positions.</summary>
internal sealed class PositionService(ListingNames names, StateReader state)
    : V1.PositionService.PositionServiceBase
{
    public override Task<V1.ListPositionsResponse> ListPositions(
        V1.ListPositionsRequest request, ServerCallContext context)
    {
        var accounts = AccountFilter.Readable(context, names, request.Account);
        var response = new V1.ListPositionsResponse();
        foreach (PositionChanged row in state.Positions)
        {
            if (accounts.Contains(row.Header.AccountId)
                && names.FindAccount(row.Header.AccountId) is { } account
                && names.FindInstrument(row.InstrumentId) is { } instrument)
            {
                response.Positions.Add(Of(in row, account, instrument, state.TopOf(instrument)));
            }
        }

        return Task.FromResult(response);
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
            PositionSide = V1.PositionSide.Net,
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
            UnrealizedPnl = UnrealizedPnlOf(in row, instrument, top),
            QuoteFees = DecimalText.FormatShort(row.QuoteFees, quoteDecimals),
            BaseFees = DecimalText.FormatShort(row.BaseFees, baseDecimals),
        };
    }

    /// <summary>What closing it at the best opposite price would bring.</summary>
    private static string UnrealizedPnlOf(in PositionChanged row, KnownInstrument instrument, TopOfBook? top)
    {
        int quoteDecimals = instrument.Quote.Decimals;
        if (row.Quantity == 0)
        {
            return "0";
        }

        if (top is not { } prices)
        {
            return "";
        }

        Int128 value = DisplayMath.Notional(
            row.Quantity > 0 ? prices.BidPrice : prices.AskPrice,
            instrument.PriceDecimals,
            row.Quantity,
            instrument.Base.Decimals,
            quoteDecimals);
        return DecimalText.FormatShort(value - row.OpenNotional, quoteDecimals);
    }
}
