namespace Oms.Bench.Engine;

/// <summary>What happened.</summary>
internal enum EventKind : byte
{
    Acknowledged = 1,
    Filled = 2,
    Canceled = 3,
    CancelMissed = 4,
}
