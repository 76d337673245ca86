using System.Text.Json;
using Oms.ExchangeSimulator.Exchange;

namespace Oms.ExchangeSimulator.Binance;

/// <summary>One connection to the WebSocket API: who is logged on, and whose events it receives.</summary>
internal sealed class SocketApiSession(
    ExchangeCore exchange,
    CallDispatch dispatch,
    UserStreams? userStreams,
    IReadOnlyDictionary<string, ApiCall> calls,
    SocketConnection connection,
    string address)
{
    private const int SessionWeight = 2;
    private const int SubscriptionsMax = 1_000;
    private const int SubscriptionIdMax = 65_535;

    private readonly long _connectedMs = exchange.NowMs();
    private readonly SortedDictionary<int, Account> _subscriptions = [];
    private ApiKey? _loggedOn;
    private long _authorizedMs;
    private int _nextSubscriptionId;

    public void OnMessage(ReadOnlyMemory<byte> message)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(message);
            OnRequest(document.RootElement);
        }
        catch (JsonException)
        {
            Reply(default, ApiError.BadJson, 0, true);
        }
    }

    private void OnRequest(JsonElement request)
    {
        if (request.ValueKind != JsonValueKind.Object
            || !request.TryGetProperty("method", out JsonElement methodElement)
            || methodElement.ValueKind != JsonValueKind.String)
        {
            Reply(default, ApiError.BadJson, 0, true);
            return;
        }

        JsonElement id = request.TryGetProperty("id", out JsonElement given) ? given : default;
        string method = methodElement.GetString() ?? "";
        method = method.StartsWith("v3/", StringComparison.Ordinal) ? method[3..] : method;
        RequestParameters parameters = RequestParameters.FromJson(
            request.TryGetProperty("params", out JsonElement list) ? list : default);
        bool showsLimits = parameters["returnRateLimits"] != "false";
        if (calls.TryGetValue(method, out ApiCall? call))
        {
            dispatch.CountBySocket(method);
            CallOutcome outcome = dispatch.Run(call, parameters, address, () => Authenticate(parameters));
            if (outcome.Answer is { } answer)
            {
                Reply(id, answer, outcome.UsedWeight, showsLimits, call.ChangesOrders ? outcome.Key : null);
            }

            return;
        }

        (bool isWithin, int used) = dispatch.TryUse(address, SessionWeight);
        ApiAnswer reply = dispatch.Ban() is { } ban ? ban
            : isWithin ? OnSession(method, parameters)
            : ApiError.TooMuchWeight(dispatch.WeightLimit);
        Reply(id, reply, used, showsLimits);
    }

    private ApiAnswer OnSession(string method, RequestParameters parameters) => method switch
    {
        "session.logon" => LogOn(parameters),
        "session.status" => Status(),
        "session.logout" => LogOut(),
        _ when userStreams is null => ApiError.UnknownMethod(method),
        "session.subscriptions" => Subscriptions(),
        "userDataStream.subscribe" => _loggedOn is { } key ? Subscribe(key) : ApiError.ApiKeyRejected,
        "userDataStream.subscribe.signature" => SubscribeSigned(parameters),
        "userDataStream.unsubscribe" => Unsubscribe(parameters),
        _ => ApiError.UnknownMethod(method),
    };

    /// <summary>A key and signature of the request's own come first; then the session's.</summary>
    private (ApiKey? Key, ApiError? Error) Authenticate(RequestParameters parameters)
    {
        if (_loggedOn is { } key && parameters["apiKey"] is null && parameters["signature"] is null)
        {
            return dispatch.Authenticator.Current(key) is { } current
                ? (current, dispatch.Authenticator.CheckTime(parameters))
                : (null, ApiError.ApiKeyRejected);
        }

        (ApiKey? named, ApiError? error) = dispatch.Authenticator.Identify(parameters["apiKey"]);
        return named is null
            ? (null, error)
            : (named, dispatch.Authenticator.CheckSigned(named, parameters, parameters.SortedPayload()));
    }

    private ApiAnswer LogOn(RequestParameters parameters)
    {
        dispatch.CountBySocket("session.logon");
        (ApiKey? key, ApiError? error) = dispatch.Authenticator.Identify(parameters["apiKey"]);
        if (key is null)
        {
            return error ?? ApiError.ApiKeyRejected;
        }

        if (!key.SigningKey.MayLogOn)
        {
            return ApiError.NotEd25519;
        }

        if (dispatch.Authenticator.CheckSigned(key, parameters, parameters.SortedPayload()) is { } refused)
        {
            return refused;
        }

        _loggedOn = key;
        _authorizedMs = exchange.NowMs();
        return Status();
    }

    private ApiAnswer LogOut()
    {
        _loggedOn = null;
        return Status();
    }

    private ApiAnswer Status() => ApiAnswer.Of(json =>
    {
        json.WriteStartObject();
        json.WriteString("apiKey", _loggedOn?.Key);
        if (_loggedOn is null)
        {
            json.WriteNull("authorizedSince");
        }
        else
        {
            json.WriteNumber("authorizedSince", _authorizedMs);
        }

        json.WriteNumber("connectedSince", _connectedMs);
        json.WriteBoolean("returnRateLimits", true);
        json.WriteNumber("serverTime", exchange.NowMs());
        json.WriteBoolean("userDataStream", _subscriptions.Count > 0);
        json.WriteEndObject();
    });

    private ApiAnswer SubscribeSigned(RequestParameters parameters)
    {
        (ApiKey? key, ApiError? error) = dispatch.Authenticator.Identify(parameters["apiKey"]);
        error ??= key is null
            ? ApiError.ApiKeyRejected
            : dispatch.Authenticator.CheckSigned(key, parameters, parameters.SortedPayload());
        return error is null && key is not null ? Subscribe(key) : error ?? ApiError.ApiKeyRejected;
    }

    private ApiAnswer Subscribe(ApiKey key)
    {
        if (_subscriptions.ContainsValue(key.Account))
        {
            return ApiError.AlreadySubscribed;
        }

        if (_subscriptions.Count >= SubscriptionsMax || _nextSubscriptionId > SubscriptionIdMax)
        {
            return ApiError.SubscriptionIdsUsedUp;
        }

        int subscriptionId = _nextSubscriptionId++;
        _subscriptions.Add(subscriptionId, key.Account);
        userStreams?.Add(connection, key.Account, subscriptionId, write => json => Wrap(json, subscriptionId, write));
        return ApiAnswer.Of(json => WriteSubscription(json, subscriptionId));
    }

    private ApiAnswer Unsubscribe(RequestParameters parameters)
    {
        if (parameters["subscriptionId"] is not { } text)
        {
            userStreams?.Remove(connection, null);
            _subscriptions.Clear();
        }
        else if (int.TryParse(text, out int subscriptionId) && _subscriptions.Remove(subscriptionId))
        {
            userStreams?.Remove(connection, subscriptionId);
        }
        else
        {
            return ApiError.NotSubscribed;
        }

        return ApiAnswer.Of(json =>
        {
            json.WriteStartObject();
            json.WriteEndObject();
        });
    }

    private ApiAnswer Subscriptions() => ApiAnswer.Of(json =>
    {
        json.WriteStartArray();
        foreach (int subscriptionId in _subscriptions.Keys)
        {
            WriteSubscription(json, subscriptionId);
        }

        json.WriteEndArray();
    });

    private static void Wrap(Utf8JsonWriter json, int subscriptionId, Action<Utf8JsonWriter> write)
    {
        json.WriteStartObject();
        json.WriteNumber("subscriptionId", subscriptionId);
        json.WritePropertyName("event");
        write(json);
        json.WriteEndObject();
    }

    private static void WriteSubscription(Utf8JsonWriter json, int subscriptionId)
    {
        json.WriteStartObject();
        json.WriteNumber("subscriptionId", subscriptionId);
        json.WriteEndObject();
    }

    private void Reply(
        JsonElement id, ApiAnswer answer, int usedWeight, bool showsLimits, ApiKey? orderKey = null)
    {
        long nowMs = exchange.NowMs();
        ApiAnswer reply = ApiAnswer.Of(json =>
        {
            json.WriteStartObject();
            SocketReplyJson.Id(json, id);
            json.WriteNumber("status", answer.Error?.Status ?? 200);
            SocketReplyJson.Body(json, answer, nowMs);
            if (showsLimits)
            {
                json.WriteStartArray("rateLimits");
                if (orderKey is not null)
                {
                    _ = exchange.Read(_ =>
                    {
                        RateLimitJson.Orders(json, orderKey.Account.OrderCount, nowMs);
                        return true;
                    });
                }

                RateLimitJson.Weight(json, dispatch.WeightLimit, usedWeight);
                json.WriteEndArray();
            }

            json.WriteEndObject();
        });
        _ = connection.TrySend(reply.Result);
    }
}
