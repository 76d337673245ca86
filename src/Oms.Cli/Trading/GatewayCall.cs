using System.CommandLine;
using System.Net.Sockets;
using Grpc.Core;
using Oms.Cli.Commands;
using Oms.Cli.Supervision;

namespace Oms.Cli.Trading;

/// <summary>Runs a command that calls the gateway, and says in one line why a call failed.</summary>
internal static class GatewayCall
{
    public static async Task<int> RunAsync(
        DeploymentOptions deployment,
        ParseResult arguments,
        Func<GatewayConnection, CancellationToken, Task<int>> command)
    {
        using var gateway = GatewayConnection.Open(
            deployment.ConfigsOf(arguments), deployment.DataOf(arguments));
        using var signals = new StopSignals();
        try
        {
            return await command(gateway, signals.Token);
        }
        catch (RpcException failure)
            when (failure.StatusCode is StatusCode.InvalidArgument or StatusCode.OutOfRange)
        {
            await Console.Error.WriteLineAsync(failure.Status.Detail);
            return ExitCode.WrongUsage;
        }
        catch (Exception exception) when (exception is OperationCanceledException or RpcException
            && signals.Token.IsCancellationRequested)
        {
            throw new RefusedException("interrupted");
        }
        catch (RpcException failure) when (IsUnreachable(failure))
        {
            throw new RefusedException(
                $"the gateway at {gateway.Address} cannot be reached; see `oms status`");
        }
        catch (RpcException failure)
        {
            throw new RefusedException($"{NameOf(failure.StatusCode)}: {failure.Status.Detail}");
        }
    }

    /// <summary>Whether no connection was made or it was lost: the gateway itself said nothing.</summary>
    public static bool IsUnreachable(RpcException failure) =>
        failure.Status.DebugException is SocketException or HttpRequestException or IOException;

    /// <summary>Whether the connection was lost with the request perhaps sent.</summary>
    public static bool IsConnectionLost(RpcException failure) =>
        failure.Status.DebugException is IOException
            or HttpRequestException
            {
                HttpRequestError: not (HttpRequestError.ConnectionError
                    or HttpRequestError.SecureConnectionError or HttpRequestError.NameResolutionError),
            };

    private static string NameOf(StatusCode code) => code switch
    {
        StatusCode.DeadlineExceeded => "no answer in time",
        StatusCode.PermissionDenied or StatusCode.Unauthenticated => "not allowed",
        StatusCode.NotFound => "not found",
        StatusCode.ResourceExhausted => "too much at once",
        StatusCode.Unavailable => "not taken",
        StatusCode.OK or StatusCode.Cancelled or StatusCode.Unknown or StatusCode.InvalidArgument
            or StatusCode.AlreadyExists or StatusCode.FailedPrecondition or StatusCode.Aborted
            or StatusCode.OutOfRange or StatusCode.Unimplemented or StatusCode.Internal
            or StatusCode.DataLoss => "the gateway failed",
    };
}
