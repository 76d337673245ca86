using System.Collections.Immutable;
using System.Threading.Channels;
using Oms.Domain.Messages;

namespace Oms.Exchanges.Binance.Futures;

/// <summary>
/// Says what was paid for holding positions, after the stream has said that something was: the amount per position
/// is in the account's history alone, where it may come a moment later. It asks beside the stream, which goes on; what
/// is told twice is booked once.
/// </summary>
internal sealed class FundingReport(FuturesAccount account, TimeProvider time)
{
    public const int QueriesMax = 5;
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>The two name their times apart; payments are hours apart.</summary>
    private const long ToleranceMs = 60_000;

    private const int EventsMax = 64;

    private readonly Channel<long> _events = Channel.CreateBounded<long>(
        new BoundedChannelOptions(EventsMax) { FullMode = BoundedChannelFullMode.DropOldest });

    /// <summary>Something was paid at this time.</summary>
    public void Note(long eventUnixMs) => _ = _events.Writer.TryWrite(eventUnixMs);

    /// <exception cref="IOException">The history does not say: a round of evidence is needed.</exception>
    public async Task Run(IExchangeListener listener, CancellationToken cancellation)
    {
        await foreach (long eventUnixMs in _events.Reader.ReadAllAsync(cancellation))
        {
            await Report(eventUnixMs, listener, cancellation);
        }
    }

    private async Task Report(long eventUnixMs, IExchangeListener listener, CancellationToken cancellation)
    {
        for (int query = 0; query < QueriesMax; query++)
        {
            if (await ReportSince(eventUnixMs - ToleranceMs, listener, cancellation))
            {
                // Those of other positions, paid at the same time, may be written behind it.
                await Task.Delay(Pause, time, cancellation);
                _ = await ReportSince(eventUnixMs - ToleranceMs, listener, cancellation);
                return;
            }

            await Task.Delay(Pause, time, cancellation);
        }

        throw new IOException("a payment of funding is not in the account's history");
    }

    private async Task<bool> ReportSince(
        long unixMs, IExchangeListener listener, CancellationToken cancellation)
    {
        if (await account.QueryFunding(cancellation)
            is not Outcome<ImmutableArray<FundingSeen>>.Accepted accepted)
        {
            return false;
        }

        FundingSeen[] payments = [.. accepted.Reply.Where(payment => payment.FundingId >= unixMs)];
        foreach (FundingSeen payment in payments)
        {
            await listener.FundingSeen(payment, cancellation);
        }

        return payments.Length > 0;
    }
}
