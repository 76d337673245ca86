using System.Globalization;
using Grpc.Core;
using Oms.V1;

namespace Oms.EndToEnd.Chaos;

/// <summary>Moves small amounts between the main account and its sub-accounts, by the dice.</summary>
internal sealed class CampaignTransfers(Deployment deployment, CampaignAccounts accounts, int seed)
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(3);

    private readonly AccountService.AccountServiceClient _client = new(deployment.Channel);
    private readonly Random _random = new(seed);

    public async Task RunAsync(CancellationToken stopping)
    {
        for (int number = 1; !stopping.IsCancellationRequested; number++)
        {
            string main = $"binance/{accounts.Spot[0]}";
            string other = $"binance/{accounts.Spot[_random.Next(1, accounts.Spot.Count)]}";
            bool isOut = _random.Next(2) == 0;
            await StartAsync(new()
            {
                FromAccount = isOut ? main : other,
                ToAccount = isOut ? other : main,
                Asset = "USDT",
                Amount = _random.Next(1, 20).ToString(CultureInfo.InvariantCulture),
                ClientTransferId = $"chaos-{number}",
            });
            await Task.Delay(Pace * _random.NextDouble(), CancellationToken.None);
        }
    }

    private async Task StartAsync(StartTransferRequest request)
    {
        try
        {
            _ = await _client.StartTransferAsync(request, deadline: DateTime.UtcNow.AddSeconds(5));
        }
        catch (RpcException)
        {
            // Refused, or nobody there: what came of it the comparison of balances says.
        }
    }
}
