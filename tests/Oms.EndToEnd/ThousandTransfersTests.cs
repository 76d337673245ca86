using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Grpc.Core;
using Oms.EndToEnd.Chaos;
using Oms.Testing;
using Oms.V1;

namespace Oms.EndToEnd;

/// <summary>
/// A thousand transfers between the 200 accounts of a main account while the exchange fails at random and the silo is
/// killed with -9: no snapshot of all balances ever adds up to anything else, and the exchange moved each of them once.
/// </summary>
public sealed class ThousandTransfersTests : IAsyncLifetime
{
    private const int AccountCount = 200;
    private const int TransferCount = 1000;
    private const int SideBySide = 16;
    private const string Path = "/sapi/v1/sub-account/universalTransfer";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly CampaignAccounts _accounts;
    private readonly Deployment _deployment;
    private int _started;

    public ThousandTransfersTests()
    {
        _accounts = new(AccountCount, haveFutures: false);
        _deployment = new(_accounts.Write);
    }

    private AccountService.AccountServiceClient Client => new(_deployment.Channel);

    public async ValueTask InitializeAsync()
    {
        await _deployment.InitializeAsync();
        await Eventually.True(AllOpenAsync, Patience);
    }

    public ValueTask DisposeAsync() => _deployment.DisposeAsync();

    [Fact]
    public async Task A_thousand_transfers_lose_nothing_and_happen_once()
    {
        decimal before = (await SnapshotAsync()).Sum;
        string[] movedBefore = [.. (await _deployment.LedgerAsync()).TransferIds];
        await _deployment.FaultAsync("http_503_before_accept", 1_000_000, Path, percent: 5);
        await _deployment.FaultAsync("http_503_after_accept", 1_000_000, Path, percent: 5);
        await _deployment.FaultAsync("duplicate", 1_000_000, Path, percent: 5);
        await _deployment.FaultAsync("timeout_after_accept", 20, Path, percent: 5);

        using var done = new CancellationTokenSource();
        Task<int> watching = WatchAsync(before, done.Token);
        await Task.WhenAll(
            Enumerable.Range(0, SideBySide).Select(StartManyAsync).Append(KillInMidstreamAsync("silo")));
        await Eventually.True(AllFinalAsync, Patience);
        await done.CancelAsync();
        Assert.True(await watching > 20, "balances were looked at all along");

        Assert.Equal(before, (await SnapshotAsync()).Sum);
        Transfer[] transfers = await TransfersAsync();
        Assert.Equal(TransferCount, transfers.Length);
        Assert.All(transfers, transfer => Assert.Equal(TransferStatus.Completed, transfer.Status));
        string[] moved = [.. (await _deployment.LedgerAsync()).TransferIds.Except(movedBefore)];
        Assert.Equal(TransferCount, moved.Length);
        Assert.Empty(await Agreement.DifferencesAsync(_deployment));
        await StepsAreKeptAsync(transfers);
    }

    /// <summary>Whether the exchange has said what each of them holds.</summary>
    private async Task<bool> AllOpenAsync() =>
        (await Client.ListAccountsAsync(new())).Accounts.All(account => account.Gate == AccountGate.Ready);

    private async Task StartManyAsync(int part)
    {
        var random = new Random(part);
        for (int number = part; number < TransferCount; number += SideBySide)
        {
            int from = random.Next(AccountCount);
            int to = (from + 1 + random.Next(AccountCount - 1)) % AccountCount;
            await StartAsync(new StartTransferRequest
            {
                ClientTransferId = $"chaos-{number}",
                FromAccount = $"binance/{_accounts.Spot[from]}",
                ToAccount = $"binance/{_accounts.Spot[to]}",
                Asset = "USDT",
                Amount = $"0.{random.Next(1, 100_000_000):D8}",
            });
            _ = Interlocked.Increment(ref _started);
        }
    }

    /// <summary>Until the OMS has it: the id makes it safe to ask again.</summary>
    private Task StartAsync(StartTransferRequest request) => Eventually.True(
        async () =>
        {
            try
            {
                StartTransferResponse response = await Client.StartTransferAsync(
                    request, deadline: DateTime.UtcNow.AddSeconds(5));
                // While its accounts are being asked what they hold, an account sends nothing.
                return response.Transfer.RejectReason != "account_not_ready";
            }
            catch (RpcException problem) when (problem.StatusCode
                is StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.ResourceExhausted)
            {
                return false;
            }
        },
        Patience);

    private async Task KillInMidstreamAsync(string victim)
    {
        int pid = await _deployment.PidOfAsync(victim);
        await Eventually.True(() => Volatile.Read(ref _started) >= TransferCount / 4, Patience);
        Deployment.Kill(pid);
        await _deployment.ReadyAgainAsync(victim, pid);
    }

    private async Task<bool> AllFinalAsync() =>
        (await TransfersAsync()) is { Length: TransferCount } transfers
        && transfers.All(transfer => transfer.Status is not TransferStatus.Reserved and not TransferStatus.InTransit);

    /// <summary>Looks at all balances as they were after one event, again and again.</summary>
    private async Task<int> WatchAsync(decimal expected, CancellationToken done)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        int looks = 0;
        while (!done.IsCancellationRequested)
        {
            (decimal sum, long logSequence) = await SnapshotAsync();
            Assert.True(
                sum == expected, $"{sum} and not {expected} of USDT in all, at log sequence {logSequence}");
            looks++;
            _ = await pace.WaitForNextTickAsync(CancellationToken.None);
        }

        return looks;
    }

    private async Task<(decimal Sum, long LogSequence)> SnapshotAsync()
    {
        ListBalancesResponse response = await Client.ListBalancesAsync(new ListBalancesRequest());
        Assert.NotEqual(0, response.LogSequence);
        return (
            response.Balances.Where(balance => balance.Asset == "USDT")
                .Sum(balance => Number(balance.Free) + Number(balance.Reserved) + Number(balance.InTransit)),
            response.LogSequence);
    }

    private async Task<Transfer[]> TransfersAsync()
    {
        var transfers = new List<Transfer>();
        var request = new ListTransfersRequest { PageSize = 1000 };
        do
        {
            ListTransfersResponse page = await Client.ListTransfersAsync(request);
            transfers.AddRange(page.Transfers);
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);
        return [.. transfers.Where(
            transfer => transfer.ClientTransferId.StartsWith("chaos-", StringComparison.Ordinal))];
    }

    /// <summary>Every transfer's end is a line of the file, once.</summary>
    private async Task StepsAreKeptAsync(Transfer[] transfers)
    {
        ConcurrentDictionary<string, int> ends = [];
        await Eventually.True(
            () =>
            {
                ends.Clear();
                foreach (string line in Directory
                    .EnumerateFiles(_deployment.Data.Path, "transfers.jsonl", SearchOption.AllDirectories)
                    .SelectMany(File.ReadLines))
                {
                    using JsonDocument json = JsonDocument.Parse(line);
                    bool isEnd = json.RootElement.GetProperty("status").GetString() == "completed"
                        && json.RootElement.GetProperty("step").GetString() == "credited";
                    if (isEnd)
                    {
                        string id = json.RootElement.GetProperty("client_transfer_id").GetString()!;
                        _ = ends.AddOrUpdate(id, 1, (_, count) => count + 1);
                    }
                }

                return transfers.All(transfer => ends.ContainsKey(transfer.ClientTransferId));
            },
            Deployment.ReadyDeadline);
        Assert.All(transfers, transfer => Assert.Equal(1, ends[transfer.ClientTransferId]));
    }

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
