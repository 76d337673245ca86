using System.Text.Json;
using Oms.ExchangeSimulator.Exchange;
using Oms.ExchangeSimulator.Judge;

namespace Oms.ExchangeSimulator.Binance;

/// <summary>
/// A cancel and a new order in one call, which is not atomic: either may fail alone. What the new order's filters and
/// the order count say comes before both.
/// </summary>
internal sealed class CancelReplaceCalls(SpotExchange exchange, Faults faults)
{
    private const string Path = "/api/v3/order/cancelReplace";

    private static readonly Dictionary<string, bool> Modes = new(StringComparer.Ordinal)
    {
        ["STOP_ON_FAILURE"] = true, ["ALLOW_FAILURE"] = false,
    };

    private static readonly Dictionary<string, bool> CountExceededModes = new(StringComparer.Ordinal)
    {
        ["DO_NOTHING"] = false, ["CANCEL_ONLY"] = true,
    };

    public IEnumerable<ApiCall> All() =>
    [
        new("POST", Path, "order.cancelReplace", CallSecurity.SignedTrade, _ => 1, Run) { ChangesOrders = true },
    ];

    private ApiAnswer Run(ApiRequest request) => exchange.Core.Read<ApiAnswer>(state =>
    {
        ParameterReader reader = new(request.Parameters, state);
        bool stopsOnFailure = reader.Word("cancelReplaceMode", Modes, ApiError.BadValue("cancelReplaceMode"));
        bool mayCancelOnly = reader.OptionalWord(
            "orderRateLimitExceededMode", CountExceededModes, ApiError.BadValue("orderRateLimitExceededMode")) ?? false;
        (NewOrder? order, ResponseType responseType, ApiError? orderError) = NewOrderReader.Read(request, state);
        (CancelOrder? cancel, ApiError? cancelError) = CancelReader.Read(
            request, state, "cancelOrderId", "cancelOrigClientOrderId", "cancelNewClientOrderId");
        if (reader.Error is not null || order is null || cancel is null)
        {
            return reader.Error ?? orderError ?? cancelError ?? ApiError.BadCombination;
        }

        OrderCountLimits limits = request.Caller.OrderCount.Limits;
        RefusalReason filter = exchange.CheckFilters(order);
        if (filter != RefusalReason.None)
        {
            return ApiRefusals.ToError(filter, limits);
        }

        RefusalReason counted = request.Caller.OrderCount.Check(exchange.Core.NowMs());
        if (counted != RefusalReason.None && !mayCancelOnly)
        {
            return ApiRefusals.ToError(counted, limits);
        }

        CancelResult canceled = Strikes(FaultKind.ReplacePlacesOnly, request)
            ? new CancelResult(RefusalReason.UnknownOrder, null, "")
            : exchange.Core.Cancel(cancel);
        PlaceResult? placed = null;
        if (canceled.Refusal == RefusalReason.None || !stopsOnFailure)
        {
            placed = Strikes(FaultKind.ReplaceCancelsOnly, request)
                ? new PlaceResult(RefusalReason.InsufficientBalance, null)
                : exchange.Place(order);
        }
        else
        {
            exchange.CountUnattempted(request.Caller);
        }

        bool isOverCount = counted != RefusalReason.None && stopsOnFailure;
        return Answer(new Outcome(canceled, placed, responseType, limits), isOverCount);
    });

    private bool Strikes(FaultKind kind, ApiRequest request) =>
        faults.Take(kind, request.Caller.Name, Path) is not null;

    /// <summary>
    /// Both as they should be: the answer. One of them: partially failed, HTTP 409. None: failed, HTTP 400. Where the
    /// order count was exceeded and a failure stops, HTTP 429 in place of either.
    /// </summary>
    private static ApiAnswer Answer(Outcome outcome, bool isOverCount)
    {
        bool isCanceled = outcome.Canceled.Order is not null;
        bool isPlaced = outcome.Placed?.Order is not null;
        if (isCanceled && isPlaced)
        {
            return ApiAnswer.Of(outcome.Write);
        }

        int status = isOverCount ? 429 : isCanceled || isPlaced ? 409 : 400;
        return isCanceled || isPlaced
            ? new ApiError(status, -2021, "Order cancel-replace partially failed.") { Data = outcome.Write }
            : new ApiError(status, -2022, "Order cancel-replace failed.") { Data = outcome.Write };
    }

    /// <param name="Placed">Null where it was not attempted.</param>
    private sealed record Outcome(
        CancelResult Canceled, PlaceResult? Placed, ResponseType ResponseType, OrderCountLimits Limits)
    {
        public void Write(Utf8JsonWriter json)
        {
            json.WriteStartObject();
            json.WriteString("cancelResult", Canceled.Order is null ? "FAILURE" : "SUCCESS");
            json.WriteString(
                "newOrderResult", Placed is not { } attempted ? "NOT_ATTEMPTED"
                    : attempted.Order is null ? "FAILURE" : "SUCCESS");
            json.WritePropertyName("cancelResponse");
            if (Canceled.Order is { } canceled)
            {
                OrderJson.Canceled(json, canceled, Canceled.CancelClientOrderId);
            }
            else
            {
                ApiRefusals.ToError(Canceled.Refusal, Limits).Write(json);
            }

            json.WritePropertyName("newOrderResponse");
            if (Placed is not { } placed)
            {
                json.WriteNullValue();
            }
            else if (placed.Order is { } order)
            {
                OrderJson.Placed(json, order, ResponseType);
            }
            else
            {
                ApiRefusals.ToError(placed.Refusal, Limits).Write(json);
            }

            json.WriteEndObject();
        }
    }
}
