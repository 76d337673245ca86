using Microsoft.Extensions.Logging;
using Oms.Silo.Control;

namespace Oms.Silo.Files;

/// <summary>
/// Compresses the fills of days that are over, an hour after midnight (UTC): whatever is behind by less comes before.
/// Beside the feed.
/// </summary>
internal sealed class TradeArchive(TradeFiles files, TimeProvider time, ILogger<TradeArchive> logger)
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Grace = TimeSpan.FromHours(1);

    /// <summary>Returns when it is canceled.</summary>
    public Task RunAsync(CancellationToken cancellation) => Repeated.RunAsync(
        "compressed files", LookInterval, logger,
        stop => Task.Run(() => Compress(stop), stop), cancellation);

    /// <summary>Compresses what is due.</summary>
    public void Compress(CancellationToken cancellation) => files.CompressBefore(
        DateOnly.FromDateTime((time.GetUtcNow() - Grace).UtcDateTime), cancellation);
}
