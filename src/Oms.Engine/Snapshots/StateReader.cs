using System.Runtime.InteropServices;

namespace Oms.Engine.Snapshots;

/// <summary>Reads values as <see cref="StateWriter"/> wrote them.</summary>
internal sealed class StateReader(Stream stream)
{
    /// <exception cref="InvalidDataException">The stream ends before the value does.</exception>
    public T Read<T>()
        where T : unmanaged
    {
        T value = default;
        Fill(MemoryMarshal.AsBytes(new Span<T>(ref value)));
        return value;
    }

    /// <param name="countMax">More of them can be no state.</param>
    /// <exception cref="InvalidDataException">The stream ends before, or there are more of them.</exception>
    public T[] ReadAll<T>(int countMax)
        where T : unmanaged
    {
        int count = ReadCount(countMax);
        var values = new T[count];
        Fill(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    /// <inheritdoc cref="ReadAll{T}(int)"/>
    public int ReadCount(int countMax)
    {
        int count = Read<int>();
        return count >= 0 && count <= countMax
            ? count
            : throw new InvalidDataException($"{count} is no number of what there are at most {countMax} of");
    }

    private void Fill(Span<byte> bytes)
    {
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
        {
            throw new InvalidDataException("the state ends in the middle of a value");
        }
    }
}
