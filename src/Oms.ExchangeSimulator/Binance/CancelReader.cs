using Oms.ExchangeSimulator.Exchange;

namespace Oms.ExchangeSimulator.Binance;

/// <summary>Reads which order is to be canceled, and on what condition.</summary>
internal static class CancelReader
{
    /// <param name="idName">The parameters that name the order: calls differ in them.</param>
    public static (CancelOrder? Cancel, ApiError? Error) Read(
        ApiRequest request, ExchangeState state, string idName, string clientIdName,
        string cancelIdName = "newClientOrderId")
    {
        ParameterReader reader = new(request.Parameters, state);
        Market? market = reader.Market();
        long? orderId = reader.OptionalInteger(idName);
        string? clientOrderId = reader.OptionalClientOrderId(clientIdName);
        string? cancelId = reader.OptionalClientOrderId(cancelIdName);
        CancelRestriction restriction = reader.OptionalWord(
            "cancelRestrictions", Words.CancelRestrictions, ApiError.BadCancelRestriction)
            ?? CancelRestriction.None;
        if (!reader.Has(idName) && !reader.Has(clientIdName))
        {
            reader.Fail(ApiError.MissingEither(clientIdName, idName));
        }

        return reader.Error is not null || market is null
            ? (null, reader.Error ?? ApiError.UnknownSymbol)
            : (new CancelOrder(request.Caller, market, orderId, clientOrderId, cancelId, restriction), null);
    }
}
