namespace Oms.ExchangeSimulator.Judge;

/// <summary>How the exchange misbehaves on demand.</summary>
internal enum FaultKind : byte
{
    /// <summary>Does what it was asked, and never answers.</summary>
    TimeoutAfterAccept,

    /// <summary>Does what it was asked, and answers with a server's error.</summary>
    Http503AfterAccept,

    /// <summary>Does nothing, and answers with a server's error.</summary>
    Http503BeforeAccept,

    /// <summary>Of a cancel and a new order in one call the cancel is done, and the new order refused.</summary>
    ReplaceCancelsOnly,

    /// <summary>Of a cancel and a new order in one call the cancel is refused; the new order may be taken.</summary>
    ReplacePlacesOnly,

    /// <summary>Keeps an event of the user data until after the next one.</summary>
    HoldUserEvent,

    /// <summary>Sends an event of the user data late, behind what came meanwhile.</summary>
    DelayUserEvent,

    /// <summary>Sends an event of the user data twice.</summary>
    RepeatUserEvent,

    /// <summary>Takes a transfer twice, and answers what the second one got.</summary>
    Duplicate,

    /// <summary>Ends the listen keys of user data, as if their hour were over.</summary>
    ExpireListenKeys,

    /// <summary>Cuts connections that carry user data.</summary>
    DropUserStreams,

    /// <summary>Cuts connections that carry market data.</summary>
    DropMarketStreams,

    /// <summary>Cuts connections to the WebSocket APIs, which carry orders.</summary>
    DropOrderSockets,

    /// <summary>Connections that carry user data stay, answer pings, and say nothing more.</summary>
    SilenceUserStreams,

    /// <summary>Connections that carry market data stay, answer pings, and say nothing more.</summary>
    SilenceMarketStreams,

    /// <summary>Every request is refused with 418 until the ban ends.</summary>
    Ban,

    /// <summary>Every request is refused with 429 until the window ends.</summary>
    TooManyRequests,

    /// <summary>The exchange's clock is ahead, or behind.</summary>
    ClockSkew,

    /// <summary>Other filters hold for a symbol.</summary>
    ChangeFilters,

    /// <summary>A symbol is traded no more: its orders end, its positions are settled at the mark.</summary>
    Delist,

    /// <summary>A symbol is traded again.</summary>
    Relist,

    /// <summary>Closes an account's positions as if their margin were used up.</summary>
    Liquidate,

    /// <summary>Closes an account's position in a symbol against the exchange's own.</summary>
    Deleverage,
}
