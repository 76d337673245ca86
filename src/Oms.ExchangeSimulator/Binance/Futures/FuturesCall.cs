namespace Oms.ExchangeSimulator.Binance.Futures;

/// <summary>What the calls of futures have in common.</summary>
internal static class FuturesCall
{
    public const string Permission = "FUTURES";

    public static ApiCall Public(
        string path, Func<RequestParameters, int> weight, Func<ApiRequest, ApiAnswer> answer) =>
        new("GET", path, null, CallSecurity.Public, weight, answer) { Permission = Permission };

    public static ApiCall Signed(
        string verb, string path, Func<RequestParameters, int> weight, Func<ApiRequest, ApiAnswer> answer) =>
        new(verb, path, null, CallSecurity.Signed, weight, answer) { Permission = Permission };

    /// <summary>The answer to what only says that it was done.</summary>
    public static ApiAnswer Done(string message) => ApiAnswer.Of(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("code", 200);
        json.WriteString("msg", message);
        json.WriteEndObject();
    });

    /// <summary>An array of rows.</summary>
    public static ApiAnswer Array<T>(IEnumerable<T> rows, Action<System.Text.Json.Utf8JsonWriter, T> write) =>
        ApiAnswer.Of(json =>
        {
            json.WriteStartArray();
            foreach (T row in rows)
            {
                write(json, row);
            }

            json.WriteEndArray();
        });
}
