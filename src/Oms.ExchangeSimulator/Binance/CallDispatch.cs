using Oms.ExchangeSimulator.Exchange;
using Oms.ExchangeSimulator.Judge;

namespace Oms.ExchangeSimulator.Binance;

/// <summary>
/// The one way to a call, for REST and WebSocket alike: weight, key, signature and time, permission, fault,
/// the call itself, fault, count.
/// </summary>
internal sealed class CallDispatch(
    ExchangeCore exchange,
    Authenticator authenticator,
    WeightBudget budget,
    JournalMarket market,
    Misbehaviour misbehaviour,
    RequestCounters counters)
{
    public int WeightLimit => budget.LimitPerMinute;

    public Authenticator Authenticator => authenticator;

    public CallOutcome Run(
        ApiCall call,
        RequestParameters parameters,
        string address,
        Func<(ApiKey? Key, ApiError? Error)> authenticate)
    {
        counters.CountReceived($"{call.Verb} {call.Path}");
        long nowMs = exchange.NowMs();
        if (misbehaviour.Bans.Find(market, nowMs) is { } ban)
        {
            return Refuse(ban, 0, null);
        }

        int weight = call.Weight(parameters);
        (bool isWithin, int used) = budget.TryUse(address, weight, nowMs);
        if (!isWithin)
        {
            return Refuse(ApiError.TooMuchWeight(budget.LimitPerMinute), used, null);
        }

        (ApiKey? key, ApiError? error) = call.Security == CallSecurity.Public ? (null, null) : authenticate();
        if (error is not null)
        {
            return Refuse(error, used, key);
        }

        if (call.Security == CallSecurity.SignedTrade && (key is null || !key.May(call.Permission)))
        {
            return Refuse(ApiError.ApiKeyRejected, used, key);
        }

        if (Strikes(call, FaultKind.Http503BeforeAccept, key) is { } before)
        {
            return Refuse(ServerErrors.Of(market, before.Body), used, key);
        }

        if (call.MovesMoney && Strikes(call, FaultKind.Duplicate, key) is not null)
        {
            // The network brought it twice; the answer that is heard is the second one's.
            _ = call.Answer(new ApiRequest(parameters, key));
        }

        ApiAnswer answer = call.Answer(new ApiRequest(parameters, key));
        if (answer.Error is { } refused)
        {
            return Refuse(refused, used, key);
        }

        used = call is { ChangesOrders: true, IsCharged: false } ? budget.GiveBack(address, weight, nowMs) : used;
        if (Strikes(call, FaultKind.Http503AfterAccept, key) is { } after)
        {
            return Refuse(ServerErrors.Of(market, after.Body), used, key);
        }

        return new CallOutcome(
            Strikes(call, FaultKind.TimeoutAfterAccept, key) is null ? answer : null, used, key);
    }

    /// <summary>Counts what the WebSocket API can be asked for.</summary>
    public void CountBySocket(string method) => counters.CountBySocket(method);

    /// <summary>What every request is answered while the exchange takes none; null where it does.</summary>
    public ApiError? Ban() => misbehaviour.Bans.Find(market, exchange.NowMs());

    /// <summary>Charges what is not a call: a connection, a logon.</summary>
    public (bool IsWithin, int Used) TryUse(string address, int weight) =>
        budget.TryUse(address, weight, exchange.NowMs());

    private FaultRequest? Strikes(ApiCall call, FaultKind kind, ApiKey? key) =>
        call.MayBeStruck && key is not null
            ? misbehaviour.Faults.Take(kind, key.Account.Name, call.Path)
            : null;

    private CallOutcome Refuse(ApiError error, int used, ApiKey? key)
    {
        counters.CountRefused(error.Code);
        return new CallOutcome(error, used, key);
    }
}
