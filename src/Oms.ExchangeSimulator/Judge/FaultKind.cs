namespace Oms.ExchangeSimulator.Judge;

/// <summary>How the exchange misbehaves on demand.</summary>
internal enum FaultKind : byte
{
    /// <summary>Does what it was asked, and never answers.</summary>
    TimeoutAfterAccept,

    /// <summary>Does what it was asked, and answers 503.</summary>
    Http503AfterAccept,

    /// <summary>Answers 503 and does nothing.</summary>
    Http503BeforeAccept,

    /// <summary>Keeps an event of the user data until after the next one.</summary>
    HoldUserEvent,

    /// <summary>Sends an event of the user data twice.</summary>
    RepeatUserEvent,

    /// <summary>Ends the listen keys of user data, as if their hour were over.</summary>
    ExpireListenKeys,

    /// <summary>Takes a transfer twice, and answers what the second one got.</summary>
    Duplicate,

    /// <summary>Cuts connections that carry user data.</summary>
    DropUserStreams,
}
