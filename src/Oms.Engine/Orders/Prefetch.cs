using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Oms.Engine.Orders;

/// <summary>Asks the processor to bring memory near that will be read soon. It changes nothing.</summary>
internal static unsafe class Prefetch
{
    private const int LineBytes = 64;

    public static void Line<T>(ref T value)
        where T : unmanaged
    {
        if (Sse.IsSupported)
        {
            // The address may be of the past when the collector moves the array: then nothing is gained.
            Sse.Prefetch0(Unsafe.AsPointer(ref value));
        }
    }

    /// <summary>All lines of a value.</summary>
    public static void Lines<T>(ref T value)
        where T : unmanaged
    {
        if (Sse.IsSupported)
        {
            byte* start = (byte*)Unsafe.AsPointer(ref value);
            for (int offset = 0; offset < sizeof(T); offset += LineBytes)
            {
                Sse.Prefetch0(start + offset);
            }
        }
    }
}
