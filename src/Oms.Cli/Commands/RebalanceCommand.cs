using System.CommandLine;
using Oms.Cli.Firm;
using Oms.Cli.Trading;

namespace Oms.Cli.Commands;

/// <summary><c>oms rebalance</c>: spreads the balances of a family by the rules of configuration.</summary>
internal static class RebalanceCommand
{
    public static Command Create(DeploymentOptions deployment)
    {
        var account = new Argument<string?>("MAIN")
        {
            Description = "The main account of the family, exchange/account; nothing for every family.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var dryRun = new Option<bool>("--dry-run") { Description = "Show what would be moved, and move nothing." };
        Option<bool> json = TradingArguments.Json();
        var command = new Command(
            "rebalance", "Moves what sub-accounts have above their maximum, and the main account above its minimum.")
        {
            account, dryRun, json,
        };
        command.SetAction((arguments, _) => GatewayCall.RunAsync(
            deployment, arguments, async (gateway, cancellation) =>
            {
                var request = new V1.RebalanceRequest
                {
                    Account = arguments.GetValue(account) ?? "", IsDryRun = arguments.GetValue(dryRun),
                };
                V1.RebalanceResponse response = await CommandCall.RunAsync(
                    patience => gateway.Firm.RebalanceAsync(request, cancellationToken: patience),
                    "oms transfers",
                    "the same command: what is under way is counted",
                    cancellation);
                foreach (V1.RebalancePlan plan in response.Plans)
                {
                    Write(plan, arguments.GetValue(json));
                }

                return ExitCode.Done;
            }));
        return command;
    }

    private static void Write(V1.RebalancePlan plan, bool asJson)
    {
        if (asJson)
        {
            TradingOutput.Write(RebalanceJson.Of(plan), FirmJson.Plain.RebalanceJson);
            return;
        }

        TradingOutput.Write(RebalanceTables.Accounts(plan));
        if (plan.Moves.Count > 0)
        {
            TradingOutput.Write(RebalanceTables.Moves(plan));
        }

        Console.Out.WriteLine((plan.Moves.Count, plan.RunId) switch
        {
            (0, _) => "nothing to move",
            (_, 0) => "a dry run: nothing is moved",
            _ => "started; `oms transfers` shows how they go",
        });
        if (plan.Unpriced.Count > 0)
        {
            Console.Out.WriteLine($"not counted, for want of a price: {string.Join(", ", plan.Unpriced)}");
        }
    }
}
