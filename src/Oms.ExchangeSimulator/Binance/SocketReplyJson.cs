using System.Text.Json;

namespace Oms.ExchangeSimulator.Binance;

/// <summary>The parts of a WebSocket API reply.</summary>
internal static class SocketReplyJson
{
    /// <summary>The request's own id, whatever it is.</summary>
    public static void Id(Utf8JsonWriter json, JsonElement id)
    {
        json.WritePropertyName("id");
        if (id.ValueKind == JsonValueKind.Undefined)
        {
            json.WriteNullValue();
        }
        else
        {
            id.WriteTo(json);
        }
    }

    /// <summary>Result or error; who must wait is told until when, in milliseconds of the epoch.</summary>
    public static void Body(Utf8JsonWriter json, ApiAnswer answer, long nowMs)
    {
        if (answer.Error is not { } error)
        {
            json.WritePropertyName("result");
            json.WriteRawValue(answer.Result.Span, skipInputValidation: true);
            return;
        }

        json.WriteStartObject("error");
        json.WriteNumber("code", error.Code);
        json.WriteString("msg", error.Message);
        if (error.Data is not null)
        {
            json.WritePropertyName("data");
            error.Data(json);
        }
        else if (RetryAfter.IsTold(error))
        {
            json.WriteStartObject("data");
            json.WriteNumber("serverTime", nowMs);
            json.WriteNumber("retryAfter", nowMs + RetryAfter.Ms(error, nowMs));
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
