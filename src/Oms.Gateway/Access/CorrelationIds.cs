using System.Buffers;
using System.Diagnostics;
using Grpc.Core;

namespace Oms.Gateway.Access;

/// <summary>
/// What ties together all that is written down of a call: the id that its caller gave, else the trace that it is part
/// of, else one of its own.
/// </summary>
internal static class CorrelationIds
{
    /// <summary>A header of a request: 1 to 64 characters of <c>[A-Za-z0-9._:/-]</c>; told back as a trailer.</summary>
    public const string Header = "x-correlation-id";

    private const int LengthMax = 64;

    private static readonly SearchValues<char> Allowed = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:/-");

    /// <summary>The same for all of a call; a header that cannot be one counts as none.</summary>
    public static string Of(ServerCallContext context)
    {
        if (context.UserState.TryGetValue(Header, out object? known))
        {
            return (string)known;
        }

        string? given = context.RequestHeaders.GetValue(Header);
        string id = given is { Length: > 0 and <= LengthMax } && !given.AsSpan().ContainsAnyExcept(Allowed)
            ? given
            : New();
        context.UserState[Header] = id;
        return id;
    }

    /// <summary>Has the call end with its id.</summary>
    public static void TellBack(ServerCallContext context) => context.ResponseTrailers.Add(Header, Of(context));

    /// <summary>The id of the trace that is under way, or of a new one.</summary>
    public static string New() =>
        (Activity.Current is { } activity ? activity.TraceId : ActivityTraceId.CreateRandom()).ToHexString();
}
