using System.Runtime.InteropServices;

namespace Oms.Matching;

/// <summary>What is beside the node of an iceberg. All zero beside that of any other order.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct IcebergReserve
{
    public long Hidden;

    /// <summary>How much it shows anew when what it showed has traded.</summary>
    public long Peak;
}
