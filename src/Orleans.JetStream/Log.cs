using Microsoft.Extensions.Logging;

namespace Orleans.JetStream;

internal static partial class Log
{
    [LoggerMessage(
        EventId = 7000,
        Level = LogLevel.Information,
        Message = "Grain storage {Name} opened bucket {Bucket} in {ElapsedMs} ms")]
    public static partial void StorageOpened(ILogger logger, string name, string bucket, double elapsedMs);

    [LoggerMessage(
        EventId = 7001,
        Level = LogLevel.Warning,
        Message = "Chunks that no record refers to were left behind at {KeyFilter}")]
    public static partial void ChunksLeftBehind(ILogger logger, Exception failure, string keyFilter);
}
