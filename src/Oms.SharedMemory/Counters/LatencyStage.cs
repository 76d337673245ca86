namespace Oms.SharedMemory.Counters;

/// <summary>The stretches of an order's way through FastPath of which histograms are kept.</summary>
public enum LatencyStage
{
    /// <summary>From the sender's offer to FastPath's taking it.</summary>
    Ring,

    /// <summary>From taking a batch to its being in the log.</summary>
    Log,

    /// <summary>From there until the engine has decided all of it: risk, matching, ledger.</summary>
    Decide,

    /// <summary>From there until its events are logged and published.</summary>
    Publish,

    /// <summary>A whole turn of the duty cycle in which there was work.</summary>
    Cycle,
}
