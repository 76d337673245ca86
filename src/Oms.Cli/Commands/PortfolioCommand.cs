using System.CommandLine;
using Oms.Cli.Firm;
using Oms.Cli.Trading;

namespace Oms.Cli.Commands;

/// <summary><c>oms portfolio</c>: all accounts and exchanges together, in one currency.</summary>
internal static class PortfolioCommand
{
    public static Command Create(DeploymentOptions deployment)
    {
        var currency = new Option<string>("--currency")
        {
            Description = "In which asset to state values.", HelpName = "ASSET", DefaultValueFactory = _ => "USDT",
        };
        Option<bool> json = TradingArguments.Json();
        var command = new Command("portfolio", "Adds up all accounts: equity, exposure per asset, hedges.")
        {
            currency, json,
        };
        command.SetAction((arguments, _) => GatewayCall.RunAsync(
            deployment, arguments, async (gateway, cancellation) =>
            {
                V1.GetPortfolioResponse portfolio = await gateway.Firm.GetPortfolioAsync(
                    new() { Currency = arguments.GetValue(currency) ?? "" },
                    deadline: GatewayConnection.Deadline,
                    cancellationToken: cancellation);
                Write(portfolio, arguments.GetValue(json));
                return ExitCode.Done;
            }));
        return command;
    }

    private static void Write(V1.GetPortfolioResponse portfolio, bool asJson)
    {
        if (asJson)
        {
            TradingOutput.Write(PortfolioJson.Of(portfolio), FirmJson.Plain.PortfolioJson);
            return;
        }

        TradingOutput.Write(FirmTables.Portfolio(portfolio));
        TradingOutput.Write(FirmTables.Exposures(portfolio));
        if (portfolio.Hedges.Count > 0)
        {
            TradingOutput.Write(FirmTables.Hedges(portfolio.Hedges));
        }

        if (portfolio.Unpriced.Count > 0)
        {
            Console.Out.WriteLine($"not counted, for want of a price: {string.Join(", ", portfolio.Unpriced)}");
        }
    }
}
