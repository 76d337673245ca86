using System.Diagnostics;
using Grpc.Core;

namespace Oms.Gateway.Traces;

/// <summary>
/// The span of a call, and whose it is: part of the caller's trace where it says so (W3C Trace Context).
/// </summary>
internal static class CallTraces
{
    public const string SourceName = "Oms.Gateway";

    public static readonly ActivitySource Source = new(SourceName);

    /// <summary>The span of the call that is under way, where it is recorded; null otherwise.</summary>
    public static Activity? Current =>
        Source.HasListeners() && Activity.Current is { Recorded: true } call && call.Source == Source ? call : null;

    /// <summary>Begins the span of a call, or of one message of a stream; null where nobody wants it.</summary>
    public static Activity? Start(ServerCallContext context)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        // Without a caller's context it begins a trace of its own, whatever the web server thinks of itself.
        Activity.Current = null;
        string? parent = context.RequestHeaders.GetValue("traceparent");
        _ = ActivityContext.TryParse(
            parent, context.RequestHeaders.GetValue("tracestate"), isRemote: true, out ActivityContext caller);
        Activity? call = Source.StartActivity(context.Method[1..], ActivityKind.Server, caller);
        int slash = context.Method.LastIndexOf('/');
        return call?
            .SetTag("rpc.system", "grpc")
            .SetTag("rpc.service", context.Method[1..slash])
            .SetTag("rpc.method", context.Method[(slash + 1)..]);
    }

    /// <summary>Says how a call ended.</summary>
    public static void Ended(this Activity call, StatusCode status)
    {
        _ = call.SetTag("rpc.grpc.status_code", (int)status);
        if (status != StatusCode.OK)
        {
            _ = call.SetStatus(ActivityStatusCode.Error);
        }
    }
}
