using System.IO.Hashing;

namespace Oms.Engine.Snapshots;

/// <summary>Takes bytes in and keeps only their hash.</summary>
internal sealed class HashStream : Stream
{
    private readonly XxHash3 _hash = new();

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public ulong Hash => _hash.GetCurrentHashAsUInt64();

    public override void Write(byte[] buffer, int offset, int count) =>
        _hash.Append(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer) => _hash.Append(buffer);

    public override void Flush()
    {
        // Nothing is kept back.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
