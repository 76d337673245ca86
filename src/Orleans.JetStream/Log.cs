using Microsoft.Extensions.Logging;

namespace Orleans.JetStream;

internal static partial class Log
{
    [LoggerMessage(
        EventId = 7000,
        Level = LogLevel.Information,
        Message = "Opened the JetStream bucket {Bucket} in {ElapsedMs} ms")]
    public static partial void BucketOpened(ILogger logger, string bucket, double elapsedMs);

    [LoggerMessage(
        EventId = 7001,
        Level = LogLevel.Warning,
        Message = "Entries that nothing refers to were left behind at {KeyFilter}")]
    public static partial void EntriesLeftBehind(ILogger logger, Exception failure, string keyFilter);

    [LoggerMessage(
        EventId = 7002,
        Level = LogLevel.Warning,
        Message = "The JetStream bucket {Bucket} is replicated by servers older than 2.9.21: removed entries "
            + "leave tombstones, and a server that dies soon after rival writes may repeat old ones")]
    public static partial void ReplicationIsUnsound(ILogger logger, string bucket);
}
