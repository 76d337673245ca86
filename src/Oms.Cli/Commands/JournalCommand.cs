using System.CommandLine;
using Oms.Cli.Records;
using Oms.Cli.Supervision;
using Oms.Domain.Configuration;
using Oms.Domain.Messages;
using Oms.Journal;
using Oms.SharedMemory.Regions;

namespace Oms.Cli.Commands;

/// <summary><c>oms journal</c>: prints the records of FastPath's log as JSON, one per line.</summary>
internal static class JournalCommand
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(50);

    public static Command Create(DeploymentOptions deployment)
    {
        var from = new Option<long>("--from") { Description = "The first record.", HelpName = "RECORD" };
        var kind = new Option<string?>("--kind")
        {
            Description = "Only records of this kind, for example execution_report.", HelpName = "KIND",
        };
        var account = new Option<string?>("--account")
        {
            Description = "Only records about this account: exchange/account, or its number.",
            HelpName = "ACCOUNT",
        };
        var follow = new Option<bool>("--follow") { Description = "Go on as the log grows, until Ctrl-C." };
        var command = new Command("journal", "Prints the records of the log, one JSON object per line.")
        {
            from, kind, account, follow,
        };
        command.SetAction(async (arguments, _) =>
        {
            DataFolder data = deployment.DataOf(arguments);
            var filter = new RecordFilter(
                arguments.GetValue(from),
                arguments.GetValue(kind) is { } kindName ? KindOf(kindName) : null,
                arguments.GetValue(account) is { } accountName
                    ? AccountNumber.Of(accountName, SharedRegion.Find(data.Path), data.Log)
                    : null);
            using var signals = new StopSignals();
            await PrintAsync(data.Log, filter, arguments.GetValue(follow), signals.Token);
            return ExitCode.Done;
        });
        return command;
    }

    private static MessageKind KindOf(string name)
    {
        foreach (MessageKind kind in RecordLines.Kinds)
        {
            if (RecordLines.NameOf(kind) == name)
            {
                return kind;
            }
        }

        string kinds = string.Join(", ", RecordLines.Kinds.Order().Select(RecordLines.NameOf));
        throw new RefusedException($"kind: '{name}' is not one of {kinds}");
    }

    private static async Task PrintAsync(
        string logFolder, RecordFilter filter, bool isFollowing, CancellationToken cancellation)
    {
        await using var output = new BufferedStream(Console.OpenStandardOutput(), 1 << 16);
        using var lines = new RecordLines(output);
        using LogReader log = LogReader.FromRecord(logFolder, filter.FromRecord);
        using var timer = new PeriodicTimer(LookInterval);
        try
        {
            do
            {
                PrintNew(log, filter, lines, cancellation);
                await output.FlushAsync(cancellation);
            }
            while (isFollowing && await timer.WaitForNextTickAsync(cancellation));
        }
        catch (OperationCanceledException)
        {
            // Ctrl-C is how following ends.
        }
    }

    private static void PrintNew(
        LogReader log, RecordFilter filter, RecordLines lines, CancellationToken cancellation)
    {
        while (log.TryRead(out LogRecord record))
        {
            if (filter.Wants(record))
            {
                lines.Write(record);
            }

            cancellation.ThrowIfCancellationRequested();
        }
    }
}
