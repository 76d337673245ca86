namespace Oms.ExchangeSimulator.Judge;

/// <summary>The words of a fault, and what each kind takes.</summary>
internal static class FaultWords
{
    private static readonly string[] OfCalls = ["count", "account", "path", "percent"];
    private static readonly string[] OfEvents = ["count", "account", "percent"];
    private static readonly string[] OfStreams = ["count", "account"];
    private static readonly string[] OfSymbols = ["market", "symbol"];

    /// <summary>By its name: the kind, what it takes, and what of that it needs.</summary>
    public static IReadOnlyDictionary<string, FaultRule> Kinds { get; } = new Dictionary<string, FaultRule>
    {
        ["timeout_after_accept"] = new(FaultKind.TimeoutAfterAccept, OfCalls, []),
        ["http_503_after_accept"] = new(FaultKind.Http503AfterAccept, [.. OfCalls, "body"], []),
        ["http_503_before_accept"] = new(FaultKind.Http503BeforeAccept, [.. OfCalls, "body"], []),
        ["replace_cancels_only"] = new(FaultKind.ReplaceCancelsOnly, OfEvents, []),
        ["replace_places_only"] = new(FaultKind.ReplacePlacesOnly, OfEvents, []),
        ["duplicate"] = new(FaultKind.Duplicate, OfCalls, []),
        ["hold_user_event"] = new(FaultKind.HoldUserEvent, OfEvents, []),
        ["delay_user_event"] = new(FaultKind.DelayUserEvent, [.. OfEvents, "delay_ms"], ["delay_ms"]),
        ["repeat_user_event"] = new(FaultKind.RepeatUserEvent, OfEvents, []),
        ["expire_listen_keys"] = new(FaultKind.ExpireListenKeys, OfStreams, []),
        ["drop_user_streams"] = new(FaultKind.DropUserStreams, OfStreams, []),
        ["drop_market_streams"] = new(FaultKind.DropMarketStreams, ["count"], []),
        ["drop_order_sockets"] = new(FaultKind.DropOrderSockets, ["count"], []),
        ["silence_user_streams"] = new(FaultKind.SilenceUserStreams, OfStreams, []),
        ["silence_market_streams"] = new(FaultKind.SilenceMarketStreams, ["count"], []),
        ["ban"] = new(FaultKind.Ban, ["market", "duration_ms"], ["duration_ms"]),
        ["too_many_requests"] = new(FaultKind.TooManyRequests, ["market", "duration_ms"], ["duration_ms"]),
        ["clock_skew"] = new(FaultKind.ClockSkew, ["skew_ms", "duration_ms"], ["skew_ms"]),
        ["change_filters"] = new(
            FaultKind.ChangeFilters, [.. OfSymbols, "filters"], [.. OfSymbols, "filters"]),
        ["delist"] = new(FaultKind.Delist, OfSymbols, OfSymbols),
        ["relist"] = new(FaultKind.Relist, OfSymbols, OfSymbols),
        ["liquidate"] = new(FaultKind.Liquidate, ["account"], ["account"]),
        ["deleverage"] = new(FaultKind.Deleverage, ["account", "symbol"], ["account", "symbol"]),
    };

    /// <summary>By its name: whether an error leaves open what became of the request.</summary>
    public static IReadOnlyDictionary<string, bool> Bodies { get; } = new Dictionary<string, bool>
    {
        ["unknown"] = true,
        ["unexpected"] = true,
        ["request_timeout"] = true,
        ["bad_gateway"] = true,
        ["gateway_timeout"] = true,
        ["unavailable"] = false,
        ["internal"] = false,
        ["overloaded"] = false,
    };

    /// <summary>The name of a kind.</summary>
    public static string Of(FaultKind kind) => Kinds.First(pair => pair.Value.Kind == kind).Key;
}
