using System.Text.Json;

namespace Oms.Exchanges.Binance;

/// <summary>
/// An answer of the WebSocket API (web-socket-api.md, 2026-07): whose it is, how it went, and what it says. Members
/// that are not named here are skipped.
/// </summary>
/// <param name="Id">Of the request; null where the exchange speaks of the connection as a whole.</param>
/// <param name="Status">As HTTP has it.</param>
/// <param name="Result">What REST would answer; empty for none.</param>
/// <param name="Code">The exchange's error; 0 for none.</param>
/// <param name="RetryAfterMs">Unix milliseconds, where nothing may be sent before; 0 for none.</param>
/// <param name="Weight">What the exchange counted in its current minute; -1 where it does not say.</param>
internal sealed record SocketReply(
    long? Id, int Status, byte[] Result, int Code, string Text, long RetryAfterMs, long Weight)
{
    /// <exception cref="JsonException">It is no answer.</exception>
    public static SocketReply Read(ReadOnlySpan<byte> frame)
    {
        var reader = new Utf8JsonReader(frame);
        var reply = new SocketReply(null, 0, [], 0, "", 0, -1);
        _ = reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("id"u8))
            {
                _ = reader.Read();
                reply = reply with { Id = reader.TokenType == JsonTokenType.Number ? reader.GetInt64() : null };
            }
            else if (reader.ValueTextEquals("status"u8))
            {
                _ = reader.Read();
                reply = reply with { Status = reader.GetInt32() };
            }
            else if (reader.ValueTextEquals("result"u8))
            {
                _ = reader.Read();
                int start = (int)reader.TokenStartIndex;
                reader.Skip();
                reply = reply with { Result = frame[start..(int)reader.BytesConsumed].ToArray() };
            }
            else if (reader.ValueTextEquals("error"u8))
            {
                reply = ReadError(ref reader, reply);
            }
            else if (reader.ValueTextEquals("rateLimits"u8))
            {
                reply = reply with { Weight = ReadWeight(ref reader) };
            }
            else
            {
                reader.Skip();
            }
        }

        return reply.Status != 0 ? reply : throw new JsonException("an answer without a status");
    }

    private static SocketReply ReadError(ref Utf8JsonReader reader, SocketReply reply)
    {
        _ = reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("code"u8))
            {
                _ = reader.Read();
                reply = reply with { Code = reader.GetInt32() };
            }
            else if (reader.ValueTextEquals("msg"u8))
            {
                _ = reader.Read();
                reply = reply with { Text = reader.GetString() ?? "" };
            }
            else if (reader.ValueTextEquals("data"u8))
            {
                reply = reply with { RetryAfterMs = ReadRetryAfter(ref reader) };
            }
            else
            {
                reader.Skip();
            }
        }

        return reply;
    }

    private static long ReadRetryAfter(ref Utf8JsonReader reader)
    {
        long retryAfterMs = 0;
        _ = reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return 0;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isIt = reader.ValueTextEquals("retryAfter"u8);
            _ = reader.Read();
            if (isIt && reader.TokenType == JsonTokenType.Number)
            {
                retryAfterMs = reader.GetInt64();
            }
            else
            {
                reader.Skip();
            }
        }

        return retryAfterMs;
    }

    /// <summary>Of the limits, the one of weight.</summary>
    private static long ReadWeight(ref Utf8JsonReader reader)
    {
        long weight = -1;
        _ = reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            (bool isWeight, long count) = (false, -1);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool isType = reader.ValueTextEquals("rateLimitType"u8);
                bool isCount = reader.ValueTextEquals("count"u8);
                _ = reader.Read();
                if (isType)
                {
                    isWeight = reader.ValueTextEquals("REQUEST_WEIGHT"u8);
                }
                else if (isCount)
                {
                    count = reader.GetInt64();
                }
                else
                {
                    reader.Skip();
                }
            }

            weight = isWeight ? count : weight;
        }

        return weight;
    }
}
