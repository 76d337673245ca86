using System.Runtime.InteropServices;

namespace Oms.Engine.Snapshots;

/// <summary>Writes values as they lie, through a buffer.</summary>
internal sealed class StateWriter(Stream stream)
{
    private readonly byte[] _buffer = new byte[1 << 16];
    private int _length;

    public void Write<T>(T value)
        where T : unmanaged => Append(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)));

    /// <summary>The number of values, then the values.</summary>
    public void WriteAll<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        Write(values.Length);
        Append(MemoryMarshal.AsBytes(values));
    }

    public void Flush()
    {
        stream.Write(_buffer, 0, _length);
        _length = 0;
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _buffer.Length - _length)
        {
            Flush();
        }

        if (bytes.Length > _buffer.Length)
        {
            stream.Write(bytes);
            return;
        }

        bytes.CopyTo(_buffer.AsSpan(_length));
        _length += bytes.Length;
    }
}
