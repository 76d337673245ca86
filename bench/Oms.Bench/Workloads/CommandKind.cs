namespace Oms.Bench.Workloads;

/// <summary>What a command of a workload asks. The numbers go into the stream's checksum.</summary>
internal enum CommandKind : byte
{
    /// <summary>A limit order that rests its remainder.</summary>
    Add = 1,

    /// <summary>Of an order that may be gone.</summary>
    Cancel = 2,

    /// <summary>A limit order beyond all prices, which drops its remainder.</summary>
    Immediate = 3,
}
