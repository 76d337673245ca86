namespace Orleans.JetStream.KeyValue;

/// <summary>A record as it was read. One that was cleared but kept has a version and no content.</summary>
internal sealed record StoredRecord(RecordVersion Version, ReadOnlyMemory<byte>? Content);
