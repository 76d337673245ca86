using System.Diagnostics;
using Oms.Domain.Messages;

namespace Oms.Gateway.Traces;

/// <summary>An order that was answered, with what was measured on its way.</summary>
/// <param name="Parent">The call that placed it.</param>
/// <param name="Report">Of the answer.</param>
/// <param name="SeenTimestamp">When the gateway read it, on the clock that all processes of the host share.</param>
/// <param name="SeenTime">The same in UTC.</param>
internal sealed record OrderTrace(
    ActivityContext Parent, ExecutionReport Report, long SeenTimestamp, DateTimeOffset SeenTime);
