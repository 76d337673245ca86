namespace Oms.Cli.Inspection;

/// <summary>A ring as it stands.</summary>
internal sealed record RingRow(
    string Name, long DepthBytes, long CapacityBytes, bool IsWriterAlive, bool IsReaderAlive);
