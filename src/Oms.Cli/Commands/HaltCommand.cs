using System.CommandLine;
using System.Globalization;
using Oms.Cli.Halting;
using Oms.Cli.Supervision;
using Oms.Cli.Trading;
using Oms.Domain.Accounts;
using Oms.Domain.Messages;
using Oms.SharedMemory.Regions;

namespace Oms.Cli.Commands;

/// <summary>
/// <c>oms halt</c> and <c>oms resume</c>: the kill switch. It needs FastPath and nothing else.
/// </summary>
internal static class HaltCommand
{
    private const int TimeoutSecondsStandard = 30;

    public static Command CreateHalt(DeploymentOptions deployment) => Create(
        deployment,
        "halt",
        "Stops new risk at once, cancels what lives, and waits until the exchanges confirm: everything, or one part.",
        isHalted: true);

    public static Command CreateResume(DeploymentOptions deployment) => Create(
        deployment, "resume", "Allows again what `oms halt` stopped.", isHalted: false);

    private static Command Create(DeploymentOptions deployment, string name, string description, bool isHalted)
    {
        Option<string?> account = TradingArguments.AccountOption();
        var exchange = new Option<string?>("--exchange")
        {
            Description = "Only the accounts of this exchange.", HelpName = "NAME",
        };
        var order = new Option<string?>("--order") { Description = "Only this order.", HelpName = "ID" };
        var timeout = new Option<int>("--timeout")
        {
            Description = "Seconds to wait for the answer.",
            HelpName = "SECONDS",
            DefaultValueFactory = _ => TimeoutSecondsStandard,
        };
        Option<bool> json = TradingArguments.Json();
        var command = new Command(name, description) { account, exchange, timeout, json };
        if (isHalted)
        {
            command.Add(order);
        }

        command.Validators.Add(result =>
        {
            if (new Option[] { account, exchange, order }.Count(option => result.GetResult(option) is not null) > 1)
            {
                result.AddError("--account, --exchange and --order: give one of them, or none for everything");
            }
        });
        command.SetAction(async (arguments, _) =>
        {
            HaltScopeText scope = ScopeOf(
                arguments.GetValue(account), arguments.GetValue(exchange), isHalted ? arguments.GetValue(order) : null);
            using var signals = new StopSignals();
            return await SayAsync(
                SharedRegion.Find(deployment.DataOf(arguments).Path), scope, isHalted,
                TimeSpan.FromSeconds(arguments.GetValue(timeout)), arguments.GetValue(json), signals.Token);
        });
        return command;
    }

    private static HaltScopeText ScopeOf(string? account, string? exchange, string? order) =>
        (account, exchange, order) switch
        {
            ({ } name, _, _) => new(HaltScope.Account, name),
            (_, { } name, _) => new(HaltScope.Exchange, name),
            (_, _, { } id) => new(HaltScope.Order, id),
            _ => new(HaltScope.Firm, ""),
        };

    private static async Task<int> SayAsync(
        SharedRegion? region,
        HaltScopeText scope,
        bool isHalted,
        TimeSpan timeout,
        bool asJson,
        CancellationToken cancellation)
    {
        using HaltLine line = HaltLine.Open(region);
        HaltState wanted = isHalted ? HaltState.Confirmed : HaltState.Resumed;
        HaltState? reached = null;
        try
        {
            await foreach (HaltChanged answer in line.SayAsync(scope.Command(isHalted, region!), timeout, cancellation))
            {
                if (isHalted && answer.State == HaltState.Resumed)
                {
                    throw new RefusedException($"{scope} is not known: nothing was halted");
                }

                if (reached != answer.State)
                {
                    Show(scope, in answer, asJson);
                }

                reached = answer.State;
                if (reached == wanted)
                {
                    return ExitCode.Done;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // What was said stays said.
        }

        string notReady = AccountGates.NotReady(region!);
        throw new RefusedException(
            Unanswered(scope, isHalted, reached, line.IsFastPathAlive)
            + (reached == HaltState.Halted && notReady.Length > 0 ? $" ({notReady})" : ""));
    }

    private static string Unanswered(HaltScopeText scope, bool isHalted, HaltState? reached, bool isFastPathAlive) =>
        (isFastPathAlive, reached) switch
        {
            (false, null) =>
                $"FastPath does not run: {scope} is {(isHalted ? "halted" : "resumed")} as soon as it does",
            (_, HaltState.Halted) => $"{scope} is halted; that what lived has ended is not confirmed yet",
            _ => "FastPath has not answered: look at `oms status`",
        };

    private static void Show(HaltScopeText scope, in HaltChanged answer, bool asJson)
    {
        string state = answer.State switch
        {
            HaltState.Resumed => "resumed",
            HaltState.Halted => "halted",
            HaltState.Confirmed => "confirmed",
        };
        if (asJson)
        {
            TradingOutput.Write(
                new()
                {
                    Scope = scope.ScopeName,
                    Name = scope.Name,
                    State = state,
                    By = answer.By.ToString(),
                    LogSequence = answer.Header.LogSequence,
                },
                HaltJsonContext.Default.HaltJson);
            return;
        }

        string meaning = answer.State switch
        {
            HaltState.Resumed => "orders are taken again",
            HaltState.Halted => "nothing new leaves; what lives is being canceled",
            HaltState.Confirmed => "no order lives, here or at the exchange, but what came later to close",
        };
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{scope}: {state}: {meaning}"));
    }
}
