using Oms.Configuration;
using Oms.FastPath;
using Oms.FastPath.Snapshots;
using Oms.Journal;

// The core of the OMS, and two short runs beside it: one makes snapshots of its log, one proves the log.
const string Usage =
    $"""
    usage: Oms.FastPath {ProcessArguments.Usage}
           Oms.FastPath snapshot {ProcessArguments.Usage}
           Oms.FastPath verify-log {VerifyRun.Usage}
    """;
try
{
    if (args is ["verify-log", .. var verifyArguments])
    {
        return VerifyRun.Run(verifyArguments);
    }

    bool isSnapshot = args is ["snapshot", ..];
    if (!ProcessArguments.TryParse(args.AsSpan(isSnapshot ? 1 : 0), out ProcessArguments? arguments))
    {
        Console.Error.WriteLine(Usage);
        return ProcessExitCode.Misconfigured;
    }

    return isSnapshot ? SnapshotRun.Run(arguments) : FastPathRun.Run(arguments);
}
catch (LogDamagedException problem)
{
    Console.Error.WriteLine($"{problem.Message}; nothing was changed");
    return ProcessExitCode.Failed;
}
catch (Exception problem) when (ExitCode.Of(problem) is { } code)
{
    Console.Error.WriteLine(problem.Message);
    return code;
}
