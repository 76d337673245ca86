namespace Oms.SharedMemory.Counters;

/// <summary>What FastPath counts. A number keeps its meaning; new ones come at the end.</summary>
public enum Counter
{
    /// <summary>Turns of the duty cycle.</summary>
    Cycles,

    /// <summary>Turns in which there was something to do.</summary>
    BusyCycles,

    /// <summary>The longest turn since the start, nanoseconds.</summary>
    CycleNanosLongest,
    Inputs,
    Events,
    Requests,

    /// <summary>Messages in inbound rings that were no inputs.</summary>
    InputsRefused,

    /// <summary>Events that a reader's ring could not take, and that it reads from the log.</summary>
    EventsMissed,

    /// <summary>Requests that wait because a connector's ring is full, now.</summary>
    RequestsWaiting,

    /// <summary>Orders that are not final, now.</summary>
    LiveOrders,

    /// <summary>Bytes of the log that are written and not yet on the disk, now.</summary>
    LogBytesNotDurable,

    /// <summary>1 while new orders are refused because the disk is behind.</summary>
    LogIsBehind,

    /// <summary>Reports about orders that the engine does not hold.</summary>
    ReportsOfUnknownOrders,

    /// <summary>Trades that cannot be booked.</summary>
    TradesNotBookable,

    /// <summary>Fills after the end of their order, or beyond its quantity.</summary>
    LateFills,

    /// <summary>Producers whose writers live, now.</summary>
    ProducersAlive,

    /// <summary>Bytes that the process has allocated on its heap since it started: it stays where it is.</summary>
    AllocatedBytes,

    /// <summary>Garbage collections since the process started.</summary>
    GarbageCollections,

    /// <summary>How often those that say how something is now were set: who reads them waits for the next.</summary>
    GaugesSet,
}
