using NATS.Client.Core;
using Oms.Configuration;
using Oms.SharedMemory.Regions;

namespace Oms.Silo.Hosting;

/// <summary>How the process says why it ended.</summary>
internal static class ExitCode
{
    /// <summary>Writes why the process ends to standard error, and returns the code to end with.</summary>
    public static int Of(Exception failure, CancellationToken stop) => failure switch
    {
        OperationCanceledException when stop.IsCancellationRequested => ProcessExitCode.Done,
        ConfigurationException => Say(ProcessExitCode.Misconfigured, failure.Message),
        RoleTakenException => Say(ProcessExitCode.RoleTaken, failure.Message),
        IOException or InvalidOperationException or NatsException =>
            Say(ProcessExitCode.Failed, failure.Message),
        // What nobody foresaw is said with its stack.
        _ => Say(ProcessExitCode.Failed, failure.ToString()),
    };

    public static int Say(int code, string message)
    {
        Console.Error.WriteLine(message);
        return code;
    }
}
