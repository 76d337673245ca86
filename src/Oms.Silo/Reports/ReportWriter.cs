using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Oms.Domain.Accounts;
using Oms.Domain.Configuration;
using Oms.Grains.Accounts;
using Oms.Grains.Positions;
using Oms.Journal;
using Oms.Silo.Control;

namespace Oms.Silo.Reports;

/// <summary>
/// Writes what people read afterwards: each account's profit and loss by day whenever it changed, and its state every
/// hour. Beside the feed; nothing waits for it.
/// </summary>
internal sealed class ReportWriter(
    DataFolder data,
    ImmutableArray<AccountName> accounts,
    IGrainFactory grains,
    TimeProvider time,
    ILogger<ReportWriter> logger)
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(5);

    private readonly Dictionary<AccountName, long> _reported = [];

    /// <summary>Returns when it is canceled.</summary>
    public Task RunAsync(CancellationToken cancellation) =>
        Repeated.RunAsync("reports", LookInterval, logger, WriteAsync, cancellation);

    private async Task WriteAsync(CancellationToken cancellation)
    {
        foreach (AccountName account in accounts)
        {
            IPositionGrain positions = grains.GetGrain<IPositionGrain>(account.ToString());
            long last = await positions.GetLastSequence().WaitAsync(cancellation);
            string snapshot = data.AccountSnapshot(account, time.GetUtcNow());
            bool isNewHour = last > 0 && !File.Exists(snapshot);
            if (!isNewHour && last == _reported.GetValueOrDefault(account))
            {
                continue;
            }

            PositionsView view = await positions.GetView().WaitAsync(cancellation);
            if (!view.Days.IsEmpty)
            {
                PnlFile.Write(data, account, view);
            }

            if (isNewHour)
            {
                AccountView state =
                    await grains.GetGrain<IAccountGrain>(account.ToString()).GetView().WaitAsync(cancellation);
                var taken = new AccountSnapshot(time.GetUtcNow(), state, view);
                DurableFile.Replace(
                    snapshot, JsonSerializer.SerializeToUtf8Bytes(taken, SnapshotJson.Default.AccountSnapshot));
            }

            _reported[account] = view.LastSequence;
        }
    }
}
