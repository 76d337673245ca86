using System.Buffers;
using System.Text;
using NATS.Client.Core;
using NATS.Client.JetStream.Models;

namespace Orleans.JetStream.KeyValue;

/// <summary>The newest message under a key, with the stream sequence that is its revision.</summary>
internal sealed record BucketEntry(ulong Revision, NatsHeaders Headers, ReadOnlyMemory<byte> Value)
{
    public bool IsTombstone =>
        Header(EntryHeaders.Operation) is EntryHeaders.OperationDelete or EntryHeaders.OperationPurge;

    public string? Writer => Header(EntryHeaders.Writer);

    public static BucketEntry From(StoredMessage message)
    {
        var headers = new NatsHeaders();
        if (message.Hdrs is { Length: > 0 } encoded)
        {
            var bytes = new ReadOnlySequence<byte>(Convert.FromBase64String(encoded));
            _ = new NatsHeaderParser(Encoding.ASCII).ParseHeaders(new SequenceReader<byte>(bytes), headers);
        }

        return new BucketEntry(message.Seq, headers, message.Data);
    }

    public string? Header(string name) =>
        Headers.TryGetValue(name, out var values) ? values.ToString() : null;
}
