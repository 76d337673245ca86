using System.CommandLine;
using System.Security.Cryptography;
using Oms.Cli.Trading;

namespace Oms.Cli.Commands;

/// <summary><c>oms transfer</c>: moves money between two accounts or wallets, and waits until it has arrived.</summary>
internal static class TransferCommand
{
    private const string FuturesSuffix = ":futures";
    private static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(100);

    public static Command Create(DeploymentOptions deployment)
    {
        Argument<string> from = Place("FROM");
        Argument<string> to = Place("TO");
        var asset = new Argument<string>("ASSET") { Description = "For example USDT." };
        Argument<string> amount = TradingArguments.Amount();
        var id = new Option<string?>("--client-transfer-id")
        {
            Description = "Your id of the transfer: repeated under the same one, it takes place once.",
            HelpName = "ID",
        };
        var noWait = new Option<bool>("--no-wait") { Description = "Return once the amount is reserved." };
        Option<bool> json = TradingArguments.Json();
        var command = new Command("transfer", "Moves money between two accounts or wallets of an exchange.")
        {
            from, to, asset, amount, id, noWait, json,
        };
        command.SetAction((arguments, _) => GatewayCall.RunAsync(
            deployment, arguments, (gateway, cancellation) => RunAsync(
                gateway,
                RequestOf(
                    arguments.GetRequiredValue(from),
                    arguments.GetRequiredValue(to),
                    arguments.GetRequiredValue(asset),
                    arguments.GetRequiredValue(amount),
                    arguments.GetValue(id) ?? $"cli-{RandomNumberGenerator.GetHexString(24, lowercase: true)}"),
                !arguments.GetValue(noWait),
                arguments.GetValue(json),
                cancellation)));
        return command;
    }

    private static Argument<string> Place(string name)
    {
        var argument = new Argument<string>(name)
        {
            Description = $"exchange/account; with {FuturesSuffix} behind it, its futures wallet.",
        };
        argument.Validators.Add(result => TradingArguments.CheckAccount(
            AccountOf(result.GetValueOrDefault<string>() ?? ""), name, result.AddError));
        return argument;
    }

    private static string AccountOf(string place) => place.EndsWith(FuturesSuffix, StringComparison.Ordinal)
        ? place[..^FuturesSuffix.Length]
        : place;

    private static V1.Market WalletOf(string place) => place.EndsWith(FuturesSuffix, StringComparison.Ordinal)
        ? V1.Market.Futures
        : V1.Market.Spot;

    private static V1.StartTransferRequest RequestOf(
        string from, string to, string asset, string amount, string id) => new()
        {
            ClientTransferId = id,
            FromAccount = AccountOf(from),
            FromWallet = WalletOf(from),
            ToAccount = AccountOf(to),
            ToWallet = WalletOf(to),
            Asset = asset,
            Amount = amount,
        };

    private static async Task<int> RunAsync(
        GatewayConnection gateway,
        V1.StartTransferRequest request,
        bool isWaiting,
        bool asJson,
        CancellationToken cancellation)
    {
        V1.StartTransferResponse response = await CommandCall.RunAsync(
            patience => gateway.Accounts.StartTransferAsync(request, cancellationToken: patience),
            "oms transfers",
            $"--client-transfer-id {request.ClientTransferId}",
            cancellation);
        V1.Transfer transfer = isWaiting
            ? await WaitAsync(gateway, request, response.Transfer, cancellation)
            : response.Transfer;
        TradingOutput.Write(
            asJson, [transfer], TransferJson.Of, TradingJson.Plain.TransferJson, TradingTables.Transfers);
        return transfer.Status is V1.TransferStatus.Rejected or V1.TransferStatus.Stranded
            ? ExitCode.Failed
            : ExitCode.Done;
    }

    /// <summary>Until it is final, or for as long as one waits at a prompt: the transfer goes on by itself.</summary>
    private static async Task<V1.Transfer> WaitAsync(
        GatewayConnection gateway,
        V1.StartTransferRequest request,
        V1.Transfer transfer,
        CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(WaitMax);
        using var pace = new PeriodicTimer(LookInterval);
        while (transfer.Status is V1.TransferStatus.Reserved or V1.TransferStatus.InTransit
            && await TickAsync(pace, patience.Token))
        {
            V1.GetTransferResponse response = await gateway.Accounts.GetTransferAsync(
                new() { Account = request.FromAccount, ClientTransferId = request.ClientTransferId },
                deadline: GatewayConnection.Deadline,
                cancellationToken: cancellation);
            transfer = response.Transfer;
        }

        return transfer;
    }

    private static async Task<bool> TickAsync(PeriodicTimer pace, CancellationToken patience)
    {
        try
        {
            return await pace.WaitForNextTickAsync(patience);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
