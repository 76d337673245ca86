using Oms.ExchangeSimulator.Binance;
using Oms.ExchangeSimulator.Exchange;

namespace Oms.ExchangeSimulator.Judge;

/// <summary>Until when a market refuses every request: with 418 for a ban, with 429 for a limit.</summary>
internal sealed class Bans
{
    private readonly Lock _gate = new();
    private readonly Dictionary<JournalMarket, (int Status, long UntilMs)> _bans = [];

    /// <param name="market">Null for all.</param>
    /// <param name="status">418 or 429.</param>
    public void Impose(JournalMarket? market, int status, long untilMs)
    {
        lock (_gate)
        {
            foreach (JournalMarket each in Enum.GetValues<JournalMarket>())
            {
                if (market is null || market == each)
                {
                    _bans[each] = (status, untilMs);
                }
            }
        }
    }

    public void Lift()
    {
        lock (_gate)
        {
            _bans.Clear();
        }
    }

    /// <summary>What every request is answered now; null where none is in force.</summary>
    public ApiError? Find(JournalMarket market, long nowMs)
    {
        lock (_gate)
        {
            if (!_bans.TryGetValue(market, out (int Status, long UntilMs) ban) || ban.UntilMs <= nowMs)
            {
                return null;
            }

            return ban.Status == StatusCodes.Status429TooManyRequests
                ? ApiError.TooManyRequestsUntil(ban.UntilMs)
                : ApiError.BannedUntil(ban.UntilMs);
        }
    }
}
