using System.Globalization;
using Oms.ExchangeSimulator.Binance;
using Oms.ExchangeSimulator.Binance.Futures;
using Oms.ExchangeSimulator.Exchange;
using Oms.ExchangeSimulator.Futures;

namespace Oms.ExchangeSimulator.Judge;

/// <summary>
/// What a test makes happen to futures: a mark, a payment of funding, a deleveraging, the end of a listen key.
/// </summary>
internal sealed class FuturesJudge(FuturesExchange exchange, ListenKeys keys, UserStreams users)
{
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
        exchange.Core.Read(state =>
            state.TryGetAccount(context.Request.Query["account"].ToString(), out Account? account)
            && Deleverage(State.Of(account), market)));

    public void DropUserStreams(string? account, int countMax) => _ = users.Drop(account, countMax);

    public void ExpireListenKeys(string? account)
    {
        foreach (Account each in exchange.Core.Read(state => state.Accounts.ToList()))
        {
            if ((account is null || each.Name == account) && keys.Close(each) is { } key)
            {
                ListenKeyClock.Expire(users, each, key, exchange.Core.NowMs());
            }
        }
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
