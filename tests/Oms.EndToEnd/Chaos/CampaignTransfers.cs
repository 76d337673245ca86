using System.Globalization;
using Grpc.Core;
using Oms.Domain.Ids;
using Oms.V1;

namespace Oms.EndToEnd.Chaos;

/// <summary>
/// Moves small amounts between the main account and its sub-accounts, by the dice, and insists on an answer to each by
/// asking again under its name.
/// </summary>
internal sealed class CampaignTransfers(Deployment deployment, CampaignAccounts accounts, int seed)
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan AgainAfter = TimeSpan.FromMilliseconds(200);

    private readonly AccountService.AccountServiceClient _client = new(deployment.Channel);
    private readonly Random _random = new(seed);
    private readonly List<string> _answered = [];

    /// <summary>What no client should hear, one line each.</summary>
    public List<string> Problems { get; } = [];

    public async Task RunAsync(CancellationToken stopping)
    {
        for (int number = 1; !stopping.IsCancellationRequested; number++)
        {
            string main = $"binance/{accounts.Spot[0]}";
            string other = $"binance/{accounts.Spot[_random.Next(1, accounts.Spot.Count)]}";
            bool isOut = _random.Next(2) == 0;
            await InsistAsync(
                new()
                {
                    FromAccount = isOut ? main : other,
                    ToAccount = isOut ? other : main,
                    Asset = "USDT",
                    Amount = _random.Next(1, 20).ToString(CultureInfo.InvariantCulture),
                    ClientTransferId = $"chaos-{number}",
                },
                stopping);
            await Task.Delay(Pace * _random.NextDouble(), CancellationToken.None);
        }
    }

    /// <summary>Whether every transfer arrived or did not take place.</summary>
    public async Task<bool> AreFinalAsync() => (await ListAsync()).All(transfer => transfer.Status
        is TransferStatus.Completed or TransferStatus.Rejected or TransferStatus.Stranded);

    /// <summary>
    /// What the exchange moved is what is completed, one to one; and who was answered for is known. One line each.
    /// </summary>
    public async Task<IReadOnlyList<string>> DifferencesAsync()
    {
        List<Transfer> transfers = await ListAsync();
        // Between spot wallets there is one hop.
        string[] completed =
        [
            .. transfers.Where(transfer => transfer.Status == TransferStatus.Completed).Select(transfer =>
                WireTransferId.Format(
                    new(long.Parse(transfer.TransferId, CultureInfo.InvariantCulture)), hop: 1)),
        ];
        IReadOnlyList<string> moved = (await deployment.LedgerAsync()).TransferIds;
        return
        [
            .. Repeated(completed).Select(id => $"transfer {id} is there twice"),
            .. Repeated(moved).Select(id => $"transfer {id} was made twice"),
            .. completed.Except(moved).Select(id => $"transfer {id} is completed, and was not made"),
            .. moved.Except(completed).Select(id => $"transfer {id} was made, and is not completed"),
            .. transfers.Where(transfer => transfer.Status == TransferStatus.Stranded).Select(
                transfer => $"transfer {transfer.ClientTransferId} is stranded, and has one hop"),
            .. _answered.Except(transfers.Select(transfer => transfer.ClientTransferId)).Select(
                name => $"transfer {name} was answered, and is not known"),
        ];
    }

    private static IEnumerable<string> Repeated(IEnumerable<string> ids) =>
        ids.CountBy(id => id).Where(pair => pair.Value > 1).Select(pair => pair.Key);

    private async Task InsistAsync(StartTransferRequest request, CancellationToken stopping)
    {
        while (true)
        {
            try
            {
                StartTransferResponse response = await _client.StartTransferAsync(
                    request, deadline: DateTime.UtcNow.AddSeconds(5), cancellationToken: CancellationToken.None);
                if (response.Transfer.TransferId.Length > 0)
                {
                    _answered.Add(request.ClientTransferId);
                }

                return;
            }
            catch (RpcException failure) when (CampaignAnswers.IsPassing(failure))
            {
                if (stopping.IsCancellationRequested)
                {
                    return;
                }

                await Task.Delay(AgainAfter, CancellationToken.None);
            }
            catch (RpcException failure)
            {
                if (!CampaignAnswers.IsRefusal(failure))
                {
                    Problems.Add($"transfer {request.ClientTransferId}: {failure.Status}");
                }

                return;
            }
        }
    }

    private async Task<List<Transfer>> ListAsync()
    {
        var transfers = new List<Transfer>();
        var request = new ListTransfersRequest { PageSize = 1000 };
        do
        {
            ListTransfersResponse page = await _client.ListTransfersAsync(request);
            transfers.AddRange(page.Transfers);
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);
        // What was refused before it had an id is nobody's.
        return [.. transfers.Where(transfer => transfer.TransferId.Length > 0)];
    }
}
