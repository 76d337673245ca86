using System.CommandLine;
using System.Text.Json;
using Oms.Bench.Measuring;
using static Oms.Bench.Measuring.ResultTable;

namespace Oms.Bench.Accounts;

/// <summary><c>accounts</c>: what a change of the account costs.</summary>
internal static class AccountsCommand
{
    private const int AccountsMax = 10_000;
    private const int RoundsMax = 1_000_000;

    public static Command Create()
    {
        Option<int> accounts = BenchOptions.Number("--accounts", "How many there are.", 200, 2, AccountsMax);
        Option<int> rounds = BenchOptions.Number(
            "--rounds", "Of one order per account, each way.", 10_000, 10, RoundsMax);
        Option<bool> json = BenchOptions.Json();
        var command = new Command("accounts", "The core: orders of one account, and of all in turn.")
        {
            accounts, rounds, json,
        };
        command.SetAction(arguments => Run(
            AccountsBench.Run(arguments.GetValue(accounts), arguments.GetValue(rounds)), arguments.GetValue(json)));
        return command;
    }

    private static int Run(AccountsResult result, bool asJson)
    {
        if (asJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(result, BenchJson.Default.AccountsResult));
            return ExitCode.Done;
        }

        Write(
            Text($"""
            accounts: {result.Rounds:N0} rounds of {result.Accounts} orders of one account, and of one order of each account.
            """),
            [
                ("the same account", Text($"{result.SameNs:F1} ns an order, the median")),
                ("the next account", Text($"{result.RotatingNs:F1} ns an order, the median")),
                ("the difference", Text($"{result.SwitchNs:F1} ns, the median of pairs of rounds")),
                ("allocated", Text($"{result.AllocatedBytesPerOp} bytes per order")),
                ("resident", Text($"{result.RssMb:F0} MB")),
                ("others", Text($"used {result.OthersCpuPercent:F0} % of a core meanwhile")),
            ],
            """
            Included: the message, its log record, every check and limit, reservation, the book, the report and its
            log record. Not included: rings, live tables, the cancels that empty the book again.
            """);
        return ExitCode.Done;
    }
}
