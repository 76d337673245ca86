using System.Collections.Immutable;
using Oms.Domain.Messages;

namespace Oms.Exchanges.Binance.Futures;

/// <summary>
/// Says what was paid for holding positions, after the stream has said that something was: the amount per position
/// is in the account's history alone, where it may come a moment later.
/// </summary>
internal sealed class FundingReport(FuturesAccount account, TimeProvider time)
{
    public const int QueriesMax = 5;
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private long _lastId;

    /// <exception cref="IOException">The history does not say: a round of evidence is needed.</exception>
    public async ValueTask Report(IExchangeListener listener, CancellationToken cancellation)
    {
        for (int query = 0; query < QueriesMax; query++)
        {
            if (await account.QueryFunding(cancellation)
                is Outcome<ImmutableArray<FundingSeen>>.Accepted { Reply: [.., var last] payments }
                && last.FundingId > _lastId)
            {
                foreach (FundingSeen payment in payments.Where(payment => payment.FundingId > _lastId))
                {
                    await listener.FundingSeen(payment, cancellation);
                }

                _lastId = last.FundingId;
                return;
            }

            await Task.Delay(Pause, time, cancellation);
        }

        throw new IOException("a payment of funding is not in the account's history");
    }
}
