namespace Oms.Cli.Linux;

/// <summary>A process beyond doubt: pids are used again, a pid with its start time is not.</summary>
/// <param name="StartTicks">Field 22 of <c>/proc/pid/stat</c>: clock ticks since boot.</param>
internal readonly record struct ProcessIdentity(int Pid, long StartTicks);
