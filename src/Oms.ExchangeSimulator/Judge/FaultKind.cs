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

    /// <summary>Cuts connections that carry user data.</summary>
    DropUserStreams,
}
