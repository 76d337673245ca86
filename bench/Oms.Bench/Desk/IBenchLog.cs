using Oms.Journal;

namespace Oms.Bench.Desk;

/// <summary>Where what happens is logged.</summary>
internal interface IBenchLog
{
    LogWriter Writer { get; }

    /// <summary>The batch is in the log.</summary>
    void Commit();
}
