using System.Globalization;
using Oms.ExchangeSimulator.Binance;
using Oms.ExchangeSimulator.Binance.Futures;
using Oms.ExchangeSimulator.Exchange;
using Oms.ExchangeSimulator.Futures;

namespace Oms.ExchangeSimulator.Judge;

/// <summary>
/// What a test makes happen to futures: a mark, a payment of funding, a deleveraging, the end of a listen key.
/// </summary>
/// <param name="streams">Of market data.</param>
internal sealed class FuturesJudge(
    FuturesExchange exchange, ListenKeys keys, UserStreams users, IReadOnlyList<MarketStreams> streams)
{
    public ExchangeCore Core => exchange.Core;

    public FuturesState State => exchange.State;

    public bool IsReady => exchange.Core.Read(state =>
        state.Markets.All(market => market.HasCrowd) && State.Markets.All(market => market.MarkPrice > 0));

    /// <summary><c>?symbol=&amp;price=</c>: holds the mark; at price 0 it follows the book again.</summary>
    public Task HoldMarkAsync(HttpContext context) => AnswerAsync(context, market =>
        AmountOf(context, "price") is { } price && Hold(market, price));

    /// <summary><c>?symbol=&amp;rate=</c>: pays funding now.</summary>
    public Task PayFundingAsync(HttpContext context) => AnswerAsync(context, market =>
        AmountOf(context, "rate") is { } rate && Pay(market, rate));

    /// <summary><c>?symbol=&amp;account=</c>: closes an account's position there against the exchange's own.</summary>
    public Task DeleverageAsync(HttpContext context) => AnswerAsync(context, market =>
        Deleverage(context.Request.Query["account"].ToString(), market.Symbol.Name));

    /// <summary>Closes an account's positions as if their margin were used up; false where it has none.</summary>
    public bool Liquidate(string account) => exchange.Core.Read(state =>
        state.TryGetAccount(account, out Account? found) && exchange.Liquidate(State.Of(found)));

    /// <summary>Closes an account's position against the exchange's own; false where it has none.</summary>
    public bool Deleverage(string account, string symbol) => exchange.Core.Read(state =>
        state.TryGetAccount(account, out Account? found) && state.TryGetMarket(symbol, out Market? market)
        && Deleverage(State.Of(found), market));

    public void Delist(Market market) => exchange.Delist(market);

    public void ReleaseHeld() => users.ReleaseHeld();

    /// <summary>Cuts connections, or keeps their events from them; tells how many, of all streams together.</summary>
    public int Cut(FaultKind kind, string? account, int countMax) => kind switch
    {
        FaultKind.DropUserStreams => users.Drop(account, countMax),
        FaultKind.SilenceUserStreams => users.Silence(account, countMax),
        FaultKind.DropMarketStreams => streams.Aggregate(0, (count, each) => count + each.Drop(countMax - count)),
        FaultKind.SilenceMarketStreams =>
            streams.Aggregate(0, (count, each) => count + each.Silence(countMax - count)),
        _ => 0,
    };

    /// <summary>Ends the listen key of an account, or as many of all; tells how many.</summary>
    public int ExpireListenKeys(string? account, int countMax)
    {
        int count = 0;
        foreach (Account each in exchange.Core.Read(state => state.Accounts.ToList()))
        {
            if (count < countMax && (account is null || each.Name == account) && keys.Close(each) is { } key)
            {
                ListenKeyClock.Expire(users, each, key, exchange.Core.NowMs());
                count++;
            }
        }

        return count;
    }

    private bool Deleverage(FuturesAccount account, Market market) =>
        account.PositionsIn(market).ToList().Any(position =>
            exchange.Deleverage(account, market, position.Side) is not null);

    private bool Hold(Market market, long price)
    {
        exchange.HoldMark(market, price);
        return true;
    }

    private bool Pay(Market market, long rate)
    {
        exchange.PayFunding(State.Of(market), rate);
        return true;
    }

    private static long? AmountOf(HttpContext context, string name) =>
        decimal.TryParse(
            context.Request.Query[name], NumberStyles.Number, CultureInfo.InvariantCulture, out decimal number)
            ? (long)(number * Amount.One)
            : null;

    private async Task AnswerAsync(HttpContext context, Func<Market, bool> act)
    {
        string symbol = context.Request.Query["symbol"].ToString();
        Market? market = exchange.Core.Read(state => state.TryGetMarket(symbol, out Market? found) ? found : null);
        bool isDone = market is not null && act(market);
        context.Response.StatusCode =
            isDone ? StatusCodes.Status204NoContent : StatusCodes.Status400BadRequest;
        if (!isDone)
        {
            await context.Response.WriteAsync(
                market is null
                    ? "symbol: unknown\n"
                    : "price, rate or account: missing, unknown or without position\n");
        }
    }
}
