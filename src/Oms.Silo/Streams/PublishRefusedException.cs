namespace Oms.Silo.Streams;

/// <summary>
/// The server did not store a message where it belongs: the stream must be looked at before going on.
/// </summary>
internal sealed class PublishRefusedException(string stream, long sequence, string answer)
    : IOException($"{stream} did not take event {sequence}: {answer}");
