using System.CommandLine;
using Grpc.Core;
using Oms.Cli.Firm;
using Oms.Cli.Trading;

namespace Oms.Cli.Commands;

/// <summary><c>oms limits</c>: shows limits, sets them, and tells who did.</summary>
internal static class LimitsCommand
{
    private static readonly TimeSpan ConfirmationTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(100);

    public static Command Create(DeploymentOptions deployment)
    {
        Option<bool> json = TradingArguments.Json();
        var command = new Command("limits", "Lists the limits of the firm, of groups and of accounts.") { json };
        command.SetAction((arguments, _) => GatewayCall.RunAsync(
            deployment, arguments, async (gateway, cancellation) =>
            {
                Write(await AllAsync(gateway, cancellation), arguments.GetValue(json));
                return ExitCode.Done;
            }));
        command.Add(CreateSet(deployment));
        command.Add(CreateChanges(deployment));
        return command;
    }

    private static Command CreateSet(DeploymentOptions deployment)
    {
        Argument<string> scope = TradingArguments.OneOf("SCOPE", "What to limit.", "account", "group", "firm");
        var name = new Argument<string?>("NAME")
        {
            Description = "exchange/account, or the group; nothing for the firm.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var limits = new LimitOptions();
        Option<bool> json = TradingArguments.Json();
        var command = new Command(
            "set", "Changes the limits that are given, and waits until FastPath has confirmed them.")
        {
            scope, name, json,
        };
        limits.AddTo(command);
        command.SetAction((arguments, _) => GatewayCall.RunAsync(
            deployment, arguments, async (gateway, cancellation) =>
            {
                if (!limits.AreGiven(arguments))
                {
                    throw new RefusedException("no limit is given; see `oms limits set --help`");
                }

                V1.LimitScope wanted = Enum.Parse<V1.LimitScope>(arguments.GetValue(scope) ?? "", ignoreCase: true);
                V1.LimitVersion known = await FindAsync(
                    gateway, wanted, arguments.GetValue(name) ?? "", cancellation);
                limits.Apply(arguments, known.Values);
                V1.SetLimitsResponse response = await CommandCall.RunAsync(
                    token => gateway.Firm.SetLimitsAsync(
                        new()
                        {
                            Scope = known.Scope,
                            Name = known.Name,
                            Values = known.Values,
                            ExpectedVersion = known.Version,
                        },
                        deadline: GatewayConnection.Deadline,
                        cancellationToken: token),
                    "oms limits",
                    "the same command",
                    cancellation);
                V1.LimitVersion confirmed = await ConfirmedAsync(gateway, known, response.Version, cancellation);
                Write([confirmed], arguments.GetValue(json));
                return ExitCode.Done;
            }));
        return command;
    }

    private static Command CreateChanges(DeploymentOptions deployment)
    {
        Option<bool> json = TradingArguments.Json();
        var command = new Command("changes", "Lists who changed limits and halts, the newest first.") { json };
        command.SetAction((arguments, _) => GatewayCall.RunAsync(
            deployment, arguments, async (gateway, cancellation) =>
            {
                V1.ListPolicyChangesResponse response = await gateway.Firm.ListPolicyChangesAsync(
                    new(), deadline: GatewayConnection.Deadline, cancellationToken: cancellation);
                TradingOutput.Write(
                    arguments.GetValue(json),
                    response.Changes,
                    PolicyChangeJson.Of,
                    FirmJson.Plain.PolicyChangeJson,
                    FirmTables.Changes);
                return ExitCode.Done;
            }));
        return command;
    }

    private static void Write(IReadOnlyCollection<V1.LimitVersion> limits, bool asJson) =>
        TradingOutput.Write(asJson, limits, LimitsJson.Of, FirmJson.Plain.LimitsJson, FirmTables.Limits);

    private static async Task<IReadOnlyCollection<V1.LimitVersion>> AllAsync(
        GatewayConnection gateway, CancellationToken cancellation)
    {
        V1.ListLimitVersionsResponse response = await gateway.Firm.ListLimitVersionsAsync(
            new(), deadline: GatewayConnection.Deadline, cancellationToken: cancellation);
        return response.Limits;
    }

    private static async Task<V1.LimitVersion> FindAsync(
        GatewayConnection gateway, V1.LimitScope scope, string name, CancellationToken cancellation) =>
        (await AllAsync(gateway, cancellation))
            .FirstOrDefault(limits => limits.Scope == scope && limits.Name == name)
        ?? throw new RefusedException($"{Wording.Of(scope)} {name} is not configured; see `oms limits`");

    private static async Task<V1.LimitVersion> ConfirmedAsync(
        GatewayConnection gateway, V1.LimitVersion known, long version, CancellationToken cancellation)
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        giveUp.CancelAfter(ConfirmationTimeout);
        using var timer = new PeriodicTimer(LookInterval);
        try
        {
            while (true)
            {
                V1.LimitVersion now = await FindAsync(gateway, known.Scope, known.Name, giveUp.Token);
                if (now.Problem.Length > 0)
                {
                    throw new RefusedException($"version {version} is not taken: {now.Problem}");
                }

                if (now.ConfirmedVersion >= version)
                {
                    return now;
                }

                _ = await timer.WaitForNextTickAsync(giveUp.Token);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or RpcException
            && giveUp.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new RefusedException(
                $"version {version} is recorded and not confirmed yet: FastPath gets it as soon as it and a silo run");
        }
    }
}
