namespace Oms.Domain.Configuration;

/// <summary>Where an exchange's futures are reached, which have hosts of their own.</summary>
public sealed record FuturesConfiguration
{
    /// <summary>So often in its time the exchange is told that a connector lives.</summary>
    public const int DeadMansSwitchTimes = 3;

    /// <summary>What telling it costs, for an account and listing (<c>countdownCancelAll</c>, 2026-07).</summary>
    public const int DeadMansSwitchWeight = 10;

    /// <summary>
    /// What telling it may cost a source address in a minute: 30 % of the 2,400 that the exchange gives (2026-07).
    /// </summary>
    public const int DeadMansSwitchWeightMax = 720;

    /// <summary>REST, for example <c>https://fapi.example.com</c>.</summary>
    public required Uri RestUri { get; init; }

    /// <summary>
    /// WebSocket API, for example <c>wss://ws-fapi.example.com/ws-fapi/v1</c>; null sends orders over REST.
    /// </summary>
    public Uri? WebSocketApiUri { get; init; }

    /// <summary>Market and private streams, for example <c>wss://fstream.example.com</c>.</summary>
    public required Uri StreamUri { get; init; }

    /// <summary>
    /// The exchange cancels the orders of an account in futures when it was not told for so long that its connector
    /// lives, 5,000 to 3,600,000 ms; 0 switches that off.
    /// </summary>
    public int DeadMansSwitchMs { get; init; }

    /// <summary>What telling it costs in a minute, rounded up.</summary>
    public static long DeadMansSwitchWeightPerMinute(int accounts, int listings, int periodMs) =>
        (((long)accounts * listings * DeadMansSwitchWeight * DeadMansSwitchTimes * 60_000) + periodMs - 1) / periodMs;
}
