using System.Collections.Immutable;
using System.Text.Json;
using Oms.Exchanges.Binance.Budget;

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
/// <param name="Used">What the exchange counted, as far as it says.</param>
internal sealed record SocketReply(
    long? Id, int Status, byte[] Result, int Code, string Text, long RetryAfterMs, ImmutableArray<LimitUse> Used)
{
    /// <exception cref="JsonException">It is no answer.</exception>
    public static SocketReply Read(ReadOnlySpan<byte> frame)
    {
        var reader = new Utf8JsonReader(frame);
        var reply = new SocketReply(null, 0, [], 0, "", 0, []);
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
                reply = reply with { Used = ReadUsed(ref reader) };
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

    private static ImmutableArray<LimitUse> ReadUsed(ref Utf8JsonReader reader)
    {
        var uses = ImmutableArray.CreateBuilder<LimitUse>();
        _ = reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            if (ReadUse(ref reader) is { } use)
            {
                uses.Add(use);
            }
        }

        return uses.ToImmutable();
    }

    /// <summary>Null for a limit of another kind.</summary>
    private static LimitUse? ReadUse(ref Utf8JsonReader reader)
    {
        (string? type, string? interval, int intervalNum, long count) = (null, null, 0, -1);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("rateLimitType"u8))
            {
                type = ReadText(ref reader);
            }
            else if (reader.ValueTextEquals("interval"u8))
            {
                interval = ReadText(ref reader);
            }
            else if (reader.ValueTextEquals("intervalNum"u8))
            {
                _ = reader.Read();
                intervalNum = reader.GetInt32();
            }
            else if (reader.ValueTextEquals("count"u8))
            {
                _ = reader.Read();
                count = reader.GetInt64();
            }
            else
            {
                reader.Skip();
            }
        }

        return type is "REQUEST_WEIGHT" or "ORDERS" && count >= 0
            && LimitWindow.LengthMs(interval, intervalNum) is { } lengthMs
            ? new(type == "REQUEST_WEIGHT", lengthMs, count)
            : null;
    }

    private static string? ReadText(ref Utf8JsonReader reader)
    {
        _ = reader.Read();
        return reader.GetString();
    }
}
