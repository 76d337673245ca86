using System.Collections.Immutable;

namespace Oms.Domain.Configuration;

/// <summary>An exchange of <c>configs/exchanges.yaml</c>.</summary>
public sealed record ExchangeConfiguration
{
    public const string InternalKind = "internal";

    public const int OrderAgeMaxMsStandard = 3_000;

    public const int BookLevelsStandard = 20;

    public const int BookIntervalMsStandard = 100;

    public required string Name { get; init; }

    /// <summary>Which connector speaks to it, by the name of its factory.</summary>
    public required string Kind { get; init; }

    /// <summary>
    /// Orders are matched by FastPath itself: for paper trading and measurements. There is nothing to be reached:
    /// its URIs are <c>about:blank</c>.
    /// </summary>
    public bool IsMatchedHere => Kind == InternalKind;

    /// <summary>REST, for example <c>https://api.example.com</c>.</summary>
    public required Uri RestUri { get; init; }

    /// <summary>WebSocket API, for example <c>wss://ws-api.example.com/v3</c>.</summary>
    public required Uri WebSocketApiUri { get; init; }

    /// <summary>
    /// Orders go by the WebSocket API where it is up, which is faster; else over REST alone.
    /// </summary>
    public bool OrdersBySocket { get; init; } = true;

    /// <summary>Market streams, for example <c>wss://stream.example.com:9443</c>.</summary>
    public required Uri StreamUri { get; init; }

    /// <summary>Null where no futures are listed.</summary>
    public FuturesConfiguration? Futures { get; init; }

    /// <summary>
    /// How long after its timestamp the exchange still accepts a signed request, 1 to 60,000 ms.
    /// </summary>
    public required int RecvWindowMs { get; init; }

    /// <summary>
    /// An order that waits for longer until the exchange's limits let it go is refused, 10 to 60,000 ms.
    /// </summary>
    public int OrderAgeMaxMs { get; init; } = OrderAgeMaxMsStandard;

    /// <summary>Least time between two tops of book that a listing sends to the engine.</summary>
    public required int TopOfBookIntervalMs { get; init; }

    /// <summary>Levels of each side of a book that are shown, 1 to 50.</summary>
    public int BookLevels { get; init; } = BookLevelsStandard;

    /// <summary>Least time between two states of a book that are shown, 10 to 1,000 ms.</summary>
    public int BookIntervalMs { get; init; } = BookIntervalMsStandard;

    public required ImmutableArray<ListingConfiguration> Listings { get; init; }
}
