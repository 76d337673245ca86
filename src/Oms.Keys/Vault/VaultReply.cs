using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Oms.Keys.Memory;

namespace Oms.Keys.Vault;

/// <summary>An answer of Vault; its body may hold secrets and is in locked memory.</summary>
internal sealed class VaultReply(HttpStatusCode status, TimeSpan? retryAfter, SecretBytes body) : IDisposable
{
    private const int MessagesLengthMax = 200;

    public HttpStatusCode Status { get; } = status;

    public TimeSpan? RetryAfter { get; } = retryAfter;

    public SecretBytes Body { get; } = body;

    public bool IsSealed => Status == HttpStatusCode.ServiceUnavailable
        && ErrorText().Contains("sealed", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the same request may be answered otherwise in a moment.</summary>
    public bool IsPassing => (int)Status is 412 or 429 or 472 or 473 or >= 500 && !IsSealed;

    /// <exception cref="KeysException">It is not what the API documents; shows nothing of it.</exception>
    public T Read<T>(JsonTypeInfo<T> type, string request)
        where T : class
    {
        try
        {
            using SecretBytes.Lease lease = Body.Open();
            return JsonSerializer.Deserialize(lease.Bytes, type)
                ?? throw new KeysException($"{request}: the answer is empty");
        }
        catch (JsonException)
        {
            throw new KeysException($"{request}: the answer is not the JSON that the API documents");
        }
    }

    /// <summary>Status and what Vault says of it, for a message.</summary>
    public override string ToString() => $"{(int)Status} {ErrorText()}".TrimEnd();

    public void Dispose() => Body.Dispose();

    // Only what is in the member `errors`: nothing else of an answer is fit to be shown.
    private string ErrorText()
    {
        try
        {
            using SecretBytes.Lease lease = Body.Open();
            string text = string.Join(
                "; ", JsonSerializer.Deserialize(lease.Bytes, VaultJson.Default.Failure)?.Errors ?? []);
            text = string.Concat(text.Where(character => !char.IsControl(character)));
            return text.Length > MessagesLengthMax ? text[..MessagesLengthMax] : text;
        }
        catch (JsonException)
        {
            return "";
        }
    }
}
