using System.Collections.Immutable;
using Oms.Journal;

namespace Oms.FastPath.Recovery;

/// <summary>What the log says happened so far.</summary>
/// <param name="LogSequenceLogged">The last event in the log; the engine may be ahead of it.</param>
/// <param name="EventsToLog">Events of the last batch that the process died before logging, in order.</param>
/// <param name="RequestsToPublish">Requests that no ring shows as said, in order.</param>
/// <param name="TableMessages">The last message of each key of the tables, in the order of first use.</param>
internal sealed record RecoveredState(
    Engine.Engine Engine,
    LogTail Tail,
    long LastUnixNanos,
    long LogSequenceLogged,
    ImmutableArray<byte[]> EventsToLog,
    ImmutableArray<byte[]> RequestsToPublish,
    ImmutableArray<byte[]> TableMessages);
