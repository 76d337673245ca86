namespace Oms.Engine.Orders;

/// <summary>What else is true of an order.</summary>
[Flags]
internal enum OrderMarks : ushort
{
    None = 0,

    /// <summary>The exchange has shown that it has the order.</summary>
    Acknowledged = 1,

    /// <summary>A cancel came before the exchange showed the order: to be sent when it does.</summary>
    CancelWanted = 2,

    /// <summary>Its own time ran out: it ends as expired.</summary>
    Expiring = 4,

    /// <summary>A leg whose partner reserves and counts for both.</summary>
    Shadow = 8,

    /// <summary>What it waited for has come; other orders must end before it may go.</summary>
    Released = 16,

    /// <summary>It is worth what its first order filled.</summary>
    Child = 32,

    /// <summary>It takes the place of another, once that is canceled.</summary>
    Successor = 64,

    /// <summary>It rests in a book or in the index of own orders.</summary>
    Resting = 128,

    /// <summary>As things stand it only makes a position smaller: it needs no margin.</summary>
    Reducing = 256,

    /// <summary>A change is on its way to the exchange.</summary>
    Replacing = 512,

    /// <summary>It waits in the watch of its instrument.</summary>
    Watched = 1024,

    /// <summary>It left the engine for the exchange, or for the book of its instrument.</summary>
    Sent = 2048,

    /// <summary>How long it took to its first answer has been reported.</summary>
    StagesTold = 4096,

    /// <summary>It may only ever make a position smaller, and is canceled when it no longer can.</summary>
    Closing = 8192,

    /// <summary>It may not go on, or another waits for its end: its cancel is repeated until it has ended.
    /// </summary>
    MustEnd = 16384,

    /// <summary>Of an order from elsewhere of which only trades were seen so far: how large it is, is not
    /// known.</summary>
    TermsUnknown = 32768,
}
