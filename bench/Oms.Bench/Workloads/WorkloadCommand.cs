using System.Runtime.InteropServices;

namespace Oms.Bench.Workloads;

/// <summary>
/// One command of a workload, 24 bytes.
///
///      0    1    2      4       8     16      20       24
///      |kind|side|symbol|account| id   | price | quant. |
///
/// </summary>
/// <param name="Side">0 to buy, 1 to sell; 0 in a cancel.</param>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal readonly record struct WorkloadCommand(
    CommandKind Kind, byte Side, ushort Symbol, uint Account, long Id, int Price, int Quantity);
