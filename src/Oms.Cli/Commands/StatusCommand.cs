using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using Oms.Cli.Supervision;
using Oms.Domain.Configuration;

namespace Oms.Cli.Commands;

/// <summary><c>oms status</c>: what is true of every process now.</summary>
internal static class StatusCommand
{
    public static Command Create(DeploymentOptions deployment)
    {
        var json = new Option<bool>("--json") { Description = "One JSON object per process and line." };
        var command = new Command("status", "Shows every process. Exit code 0 when all are ready.") { json };
        command.SetAction((arguments, cancellation) =>
            RunAsync(deployment.DataOf(arguments), arguments.GetValue(json), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(DataFolder data, bool asJson, CancellationToken cancellation)
    {
        ImmutableArray<StatusRow> rows = await StatusReport.MakeAsync(data, cancellation);
        if (asJson)
        {
            foreach (StatusRow row in rows)
            {
                Console.WriteLine(JsonSerializer.Serialize(row, SupervisionJson.Default.StatusRow));
            }
        }
        else
        {
            StatusTable.Write(rows);
        }

        return rows.All(row => row.State == SupervisedState.Ready) ? ExitCode.Done : ExitCode.Failed;
    }
}
