using Oms.ExchangeSimulator.Futures;

namespace Oms.ExchangeSimulator.Binance.Futures;

/// <summary>Opens, keeps and closes the key of an account's user data; an API key is enough.</summary>
internal sealed class ListenKeyCalls(FuturesExchange exchange, ListenKeys keys)
{
    private const string Path = "/fapi/v1/listenKey";

    public IEnumerable<ApiCall> All() =>
    [
        Keyed("POST", request => Key(keys.Open(AccountOf(request)))),
        Keyed("PUT", request => keys.Extend(AccountOf(request)) is { } key ? Key(key) : FuturesErrors.UnknownListenKey),
        Keyed("DELETE", request => keys.Close(AccountOf(request)) is null ? FuturesErrors.UnknownListenKey : Empty()),
    ];

    private static ApiCall Keyed(string verb, Func<ApiRequest, ApiAnswer> answer) =>
        FuturesCall.Signed(verb, Path, _ => 1, answer) with { Security = CallSecurity.Keyed };

    private static ApiAnswer Key(string key) => ApiAnswer.Of(json =>
    {
        json.WriteStartObject();
        json.WriteString("listenKey", key);
        json.WriteEndObject();
    });

    private static ApiAnswer Empty() => ApiAnswer.Of(json =>
    {
        json.WriteStartObject();
        json.WriteEndObject();
    });

    private Exchange.Account AccountOf(ApiRequest request) => exchange.State.OfClient(request.Caller).Account;
}
