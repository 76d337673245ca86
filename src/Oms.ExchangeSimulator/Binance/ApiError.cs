namespace Oms.ExchangeSimulator.Binance;

/// <summary>A refusal as the wire shows it.</summary>
internal sealed record ApiError(int Status, int Code, string Message)
{
    public static readonly ApiError ApiKeyFormat = new(401, -2014, "API-key format invalid.");
    public static readonly ApiError ApiKeyRejected =
        new(401, -2015, "Invalid API-key, IP, or permissions for action.");

    public static readonly ApiError BadSignature = new(
        400, -1022, "Signature for this request is not valid.");
    public static readonly ApiError OutsideReceiveWindow =
        new(400, -1021, "Timestamp for this request is outside of the recvWindow.");

    public static readonly ApiError AheadOfServer =
        new(400, -1021, "Timestamp for this request was 1000ms ahead of the server's time.");

    public static readonly ApiError ReceiveWindowTooLarge =
        new(400, -1131, "recvWindow must be less than 60000.");

    public static readonly ApiError UnknownSymbol = new(400, -1121, "Invalid symbol.");
    public static readonly ApiError UnknownOrderType = new(400, -1116, "Invalid orderType.");
    public static readonly ApiError UnknownSide = new(400, -1117, "Invalid side.");
    public static readonly ApiError UnknownTimeInForce = new(400, -1115, "Invalid timeInForce.");
    public static readonly ApiError BadCombination =
        new(400, -1128, "Combination of optional parameters invalid.");

    public static readonly ApiError UnsupportedCombination = new(400, -1014, "Unsupported order combination.");
    public static readonly ApiError NotInPair = new(400, -1158, "Order type not supported in OCO.");
    public static readonly ApiError BuyLimitNotBelow = new(400, -1165, "A limit order in a buy OCO must be below.");
    public static readonly ApiError SellLimitNotAbove = new(400, -1166, "A limit order in a sell OCO must be above.");
    public static readonly ApiError PairOfLimits = new(400, -1168, "At least one OCO order must be contingent.");
    public static readonly ApiError BuyStopNotAbove =
        new(400, -1196, "A stop loss order in a buy OCO must be above.");

    public static readonly ApiError SellStopNotBelow =
        new(400, -1197, "A stop loss order in a sell OCO must be below.");

    public static readonly ApiError BuyTakeProfitNotBelow =
        new(400, -1198, "A take profit order in a buy OCO must be below.");

    public static readonly ApiError SellTakeProfitNotAbove =
        new(400, -1199, "A take profit order in a sell OCO must be above.");

    public static readonly ApiError OrderListDoesNotExist = new(400, -2018, "Order list does not exist.");
    public static readonly ApiError OrderDoesNotExist = new(400, -2013, "Order does not exist.");
    public static readonly ApiError UnknownOrder = new(400, -2011, "Unknown order sent.");
    public static readonly ApiError BadCancelRestriction = new(400, -1145, "Invalid cancelRestrictions");
    public static readonly ApiError SelfTradePreventionNotAllowed =
        new(400, -1013, "This symbol does not allow the specified self-trade prevention mode.");

    public static readonly ApiError OutcomeUnknown = new(
        503,
        -1007,
        "Timeout waiting for response from backend server. Send status unknown; execution status unknown.");

    public static readonly ApiError NotEd25519 = new(
        400, -4056, "HMAC_SHA256 API key is not supported.");

    public static readonly ApiError BadJson = new(400, -1135, "Invalid JSON Request");
    public static readonly ApiError AlreadySubscribed =
        new(400, -2035, "User Data Stream subscription already active.");

    public static readonly ApiError NotSubscribed = new(
        400, -2036, "User Data Stream subscription not active.");
    public static readonly ApiError SubscriptionIdsUsedUp = new(400, -2042, "Subscription ID not available.");

    /// <summary>When requests are taken again, in milliseconds of the epoch; 0 where a window says it.</summary>
    public long RetryAtMs { get; init; }

    /// <summary>What REST answers in place of an error's JSON: what a server in between would.</summary>
    public string? Page { get; init; }

    /// <summary>What the wire shows beside code and message; null where it shows nothing.</summary>
    public Action<System.Text.Json.Utf8JsonWriter>? Data { get; init; }

    public void Write(System.Text.Json.Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("code", Code);
        json.WriteString("msg", Message);
        if (Data is not null)
        {
            json.WritePropertyName("data");
            Data(json);
        }

        json.WriteEndObject();
    }

    public static ApiError Missing(string parameter) => new(
        400, -1102, $"Mandatory parameter '{parameter}' was not sent, was empty/null, or malformed.");

    public static ApiError MissingEither(string one, string other) => new(
        400, -1102, $"Param '{one}' or '{other}' must be sent, but both were empty/null!");

    public static ApiError IcebergNotGoodTillCanceled(string parameter) =>
        new(400, -1160, $"Parameter '{parameter}' is not supported if the time in force is not GTC.");

    public static ApiError NotRequired(string parameter) =>
        new(400, -1106, $"Parameter '{parameter}' sent when not required.");

    public static ApiError IllegalCharacters(string parameter, string pattern) => new(
        400, -1100, $"Illegal characters found in parameter '{parameter}'; legal range is '{pattern}'.");

    public static ApiError TooPrecise(string parameter) =>
        new(400, -1111, $"Parameter '{parameter}' has too much precision.");

    public static ApiError BadValue(string parameter) =>
        new(400, -1130, $"Data sent for parameter '{parameter}' is not valid.");

    public static ApiError UnknownMethod(string method) => new(400, -1000, $"Unknown method '{method}'.");

    public static ApiError BannedUntil(long untilMs) =>
        new(418, -1003, $"Way too much request weight used; IP banned until {untilMs}. "
            + "Please use WebSocket Streams for live updates to avoid bans.")
        {
            RetryAtMs = untilMs,
        };

    public static ApiError TooManyRequestsUntil(long untilMs) =>
        new(429, -1003, "Too many requests; please use the websocket for live updates.")
        {
            RetryAtMs = untilMs,
        };

    public static ApiError TooMuchWeight(int limit) => new(
        429, -1003, $"Too much request weight used; current limit is {limit} request weight per 1 MINUTE. "
            + "Please use WebSocket Streams for live updates to avoid polling the API.");
}
