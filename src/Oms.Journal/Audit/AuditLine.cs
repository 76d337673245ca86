using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Oms.Journal.Audit;

/// <summary>
/// A line of the audit log: JSON whose last two members chain it to the line before it.
/// <code>
/// {"sequence":7,"time":…,"identity":…,"peer":…,"action":…,"outcome":…,"detail":…,"previous":"3f…" | ,"hash":"a0…"}
///                                                                   the hash is of what is left of here
/// </code>
/// </summary>
internal static class AuditLine
{
    /// <summary>What the first line follows.</summary>
    public static readonly string FirstPrevious = new('0', HashLength);

    private const string HashStart = ",\"hash\":\"";
    private const int HashLength = SHA256.HashSizeInBytes * 2;
    private static readonly int TailLength = HashStart.Length + HashLength + 2;

    /// <summary>The line without its end, and its hash.</summary>
    public static (string Text, string Hash) Write(AuditRecord record, long sequence, string previous)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("sequence", sequence);
            json.WriteString("time", record.Time);
            json.WriteString("identity", record.Identity);
            json.WriteString("peer", record.Peer);
            json.WriteString("action", record.Action);
            json.WriteString("outcome", record.Outcome);
            json.WriteString("correlation_id", record.CorrelationId);
            json.WritePropertyName("detail");
            json.WriteRawValue(record.DetailJson);
            json.WriteString("previous", previous);
            json.WriteEndObject();
        }

        string body = Encoding.UTF8.GetString(buffer.WrittenSpan[..^1]);
        string hash = HashOf(body);
        return ($"{body}{HashStart}{hash}\"}}", hash);
    }

    /// <summary>Takes a line apart; false where it is none, or its hash is not that of its text.</summary>
    public static bool TryRead(string line, out long sequence, out string previous, out string hash)
    {
        (sequence, previous, hash) = (0, "", "");
        if (line.Length <= TailLength || !line.AsSpan(line.Length - TailLength).StartsWith(HashStart))
        {
            return false;
        }

        string body = line[..^TailLength];
        hash = line.Substring(line.Length - HashLength - 2, HashLength);
        try
        {
            using var json = JsonDocument.Parse(line);
            sequence = json.RootElement.GetProperty("sequence").GetInt64();
            previous = json.RootElement.GetProperty("previous").GetString() ?? "";
        }
        catch (Exception exception)
            when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return false;
        }

        return HashOf(body) == hash;
    }

    private static string HashOf(string body) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)));
}
