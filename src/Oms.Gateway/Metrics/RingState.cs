namespace Oms.Gateway.Metrics;

/// <summary>How far the reader of a ring is behind, and whether both its ends live.</summary>
internal sealed record RingState(
    string Name, long DepthBytes, long CapacityBytes, bool IsWriterAlive, bool IsReaderAlive);
