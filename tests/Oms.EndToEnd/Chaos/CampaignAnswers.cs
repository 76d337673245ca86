using Grpc.Core;

namespace Oms.EndToEnd.Chaos;

/// <summary>What a client of a campaign may hear other than what it asked for, and what it may not.</summary>
internal static class CampaignAnswers
{
    /// <summary>Whether an answer is still to come: whoever asks again under the same name is told.</summary>
    public static bool IsPassing(RpcException failure) =>
        failure.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.Cancelled
        || IsBroken(failure);

    /// <summary>Whether it was not taken, for a reason that the dice may well give: nothing came of it.</summary>
    public static bool IsRefusal(RpcException failure) => failure.StatusCode
        is StatusCode.InvalidArgument or StatusCode.FailedPrecondition or StatusCode.NotFound
        or StatusCode.ResourceExhausted;

    /// <summary>The gateway died over the call: the client made this answer itself, and keeps the cause.</summary>
    private static bool IsBroken(RpcException failure) =>
        failure is { StatusCode: StatusCode.Internal, Status.DebugException: not null };
}
