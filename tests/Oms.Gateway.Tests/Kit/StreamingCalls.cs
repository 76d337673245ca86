using Grpc.Core;

namespace Oms.Gateway.Tests.Kit;

/// <summary>Reads executions off a stream, with an end.</summary>
internal static class StreamingCalls
{
    /// <summary>The next of the stream; an error when it ended.</summary>
    public static async Task<V1.Execution> Next(this IAsyncStreamReader<V1.StreamExecutionsResponse> stream)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        Assert.True(await stream.MoveNext(patience.Token), "the stream ended");
        return stream.Current.Execution;
    }
}
