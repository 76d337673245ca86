using Grpc.Core;

namespace Oms.Cli.Trading;

/// <summary>
/// Calls that change something. One that got no answer may have taken effect: it is never told as refused.
/// </summary>
internal static class CommandCall
{
    /// <summary>
    /// Longer than the gateway waits for its own answer where no deadline is sent with the call: the gateway
    /// knows better what became of it.
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    /// <param name="asking">The command that tells what became of it.</param>
    /// <param name="naming">The option that names it if the command is repeated.</param>
    /// <exception cref="RefusedException">The outcome is not known.</exception>
    public static async Task<TResponse> RunAsync<TResponse>(
        Func<CancellationToken, AsyncUnaryCall<TResponse>> call,
        string asking,
        string naming,
        CancellationToken cancellation)
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        giveUp.CancelAfter(Patience);
        try
        {
            return await call(giveUp.Token);
        }
        catch (RpcException failure) when (IsOutcomeUnknown(failure))
        {
            throw new RefusedException(
                $"{CauseOf(failure, cancellation)}; the outcome is not known; "
                + $"ask with `{asking}` or repeat "
                + $"with {naming}");
        }
    }

    private static bool IsOutcomeUnknown(RpcException failure) => GatewayCall.IsConnectionLost(failure)
        || failure.StatusCode is StatusCode.DeadlineExceeded or StatusCode.Cancelled
            or StatusCode.Internal or StatusCode.Unknown;

    private static string CauseOf(RpcException failure, CancellationToken cancellation) =>
        cancellation.IsCancellationRequested ? "interrupted before the answer"
        : GatewayCall.IsConnectionLost(failure) ? "the connection was lost before the answer"
        : failure.StatusCode == StatusCode.Cancelled ? "the gateway did not answer"
        : failure.Status.Detail;
}
