using Oms.FastPath.Recovery;
using Oms.Journal;

namespace Oms.FastPath.Snapshots;

/// <summary>A replay that has everything before a place of the log, and goes on there.</summary>
internal sealed record ReplayStart(LogReplay Replay, LogPoint Point);
