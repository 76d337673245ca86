using System.Text.Json;
using Oms.ExchangeSimulator.Futures;

namespace Oms.ExchangeSimulator.Binance.Futures;

/// <summary>
/// Several orders in one call: each has its own answer, an order or an error, in the order of the request. New ones
/// count one by one in ten seconds, and as one in a minute; the call costs its weight, whatever became of each.
/// </summary>
internal sealed class FuturesBatchCalls(FuturesExchange exchange, FuturesTradingCalls single)
{
    private const string Path = "/fapi/v1/batchOrders";
    private const int OrdersMax = 5;
    private const int CancelsMax = 10;

    public IEnumerable<ApiCall> All() =>
    [
        Charged("POST", 5, request => exchange.Core.Read(_ => exchange.State.OfClient(request.Caller).Account
            .OrderCount.OfBatch(() => EachOf(request, single.Place)))),
        Charged("PUT", 5, request => EachOf(request, single.Modify)),
        Charged("DELETE", 1, CancelEach),
    ];

    private static ApiCall Charged(string verb, int weight, Func<ApiRequest, ApiAnswer> answer) =>
        FuturesTradingCalls.Changing(verb, Path, weight, answer) with { IsCharged = true };

    private static ApiAnswer EachOf(ApiRequest request, Func<ApiRequest, ApiAnswer> answer)
    {
        if (Parse(request.Parameters["batchOrders"]) is not { ValueKind: JsonValueKind.Array } list)
        {
            return ApiError.Missing("batchOrders");
        }

        if (list.GetArrayLength() is 0 or > OrdersMax)
        {
            return FuturesErrors.BadBatch;
        }

        return Answers(list.EnumerateArray().Select(
            each => answer(request with { Parameters = RequestParameters.FromJson(each) })));
    }

    private ApiAnswer CancelEach(ApiRequest request)
    {
        // Clients spell these two either way.
        string? ids = request.Parameters["orderIdList"] ?? request.Parameters["orderidlist"];
        string? clientIds =
            request.Parameters["origClientOrderIdList"] ?? request.Parameters["origclientorderidlist"];
        JsonElement? list = Parse(ids ?? clientIds);
        if (list is { ValueKind: JsonValueKind.String } quoted)
        {
            list = Parse(quoted.GetString());
        }

        if (list is not { ValueKind: JsonValueKind.Array } many)
        {
            return ApiError.MissingEither("orderIdList", "origClientOrderIdList");
        }

        if (many.GetArrayLength() is 0 or > CancelsMax)
        {
            return FuturesErrors.BatchCancelFailed;
        }

        string name = ids is null ? "origClientOrderId" : "orderId";
        return Answers(many.EnumerateArray().Select(each => single.Cancel(request with
        {
            Parameters = RequestParameters.Of(("symbol", request.Parameters["symbol"] ?? ""), (name, each.ToString())),
        })));
    }

    private static ApiAnswer Answers(IEnumerable<ApiAnswer> answers) => FuturesCall.Array(answers, (json, answer) =>
    {
        if (answer.Error is { } error)
        {
            error.Write(json);
        }
        else
        {
            json.WriteRawValue(answer.Result.Span, skipInputValidation: true);
        }
    });

    private static JsonElement? Parse(string? text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text ?? "");
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
