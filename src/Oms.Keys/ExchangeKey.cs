using System.Security.Cryptography;

namespace Oms.Keys;

/// <summary>
/// A key of an account at an exchange. The secret stays inside: it signs, is never shown, and is overwritten
/// with zeros when the key is disposed.
/// </summary>
public sealed class ExchangeKey : IDisposable
{
    private readonly byte[] _secret;
    private bool _disposed;

    /// <param name="path">Where the key was found; names it in messages.</param>
    /// <param name="apiKey">The public half.</param>
    /// <param name="secret">UTF-8. Copied into memory that the garbage collector does not move; the caller
    /// wipes its own.</param>
    public ExchangeKey(string path, string apiKey, ReadOnlySpan<byte> secret)
    {
        Path = path;
        ApiKey = apiKey;
        _secret = GC.AllocateUninitializedArray<byte>(secret.Length, pinned: true);
        secret.CopyTo(_secret);
    }

    public string Path { get; }

    public string ApiKey { get; }

    /// <summary>HMAC-SHA256 of the message under the secret.</summary>
    /// <param name="destination">At least 32 bytes.</param>
    /// <exception cref="ObjectDisposedException">The secret is gone.</exception>
    public void SignHmacSha256(ReadOnlySpan<byte> message, Span<byte> destination)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _ = HMACSHA256.HashData(_secret, message, destination);
    }

    public void Dispose()
    {
        _disposed = true;
        CryptographicOperations.ZeroMemory(_secret);
    }

    /// <summary>Names the key; shows neither half of it.</summary>
    public override string ToString() => $"exchange key {Path}";
}
