using System.Security.Cryptography;

namespace Oms.Keys.Memory;

/// <summary>
/// A secret in locked memory: never swapped out, in no core dump, shown by nothing. It is overwritten with
/// zeros when it is disposed and nobody reads it any more.
/// </summary>
public sealed class SecretBytes : IDisposable
{
    private readonly LockedPages _pages;

    private SecretBytes(LockedPages pages, int length) => (_pages, Length) = (pages, length);

    public int Length { get; private set; }

    /// <summary>The caller overwrites what it copied from.</summary>
    /// <exception cref="KeysException">The system does not let this process lock so much.</exception>
    public static SecretBytes CopyOf(ReadOnlySpan<byte> secret)
    {
        SecretBytes copy = Allocate(secret.Length, out Span<byte> memory);
        secret.CopyTo(memory);
        return copy;
    }

    /// <summary>Reads to the end, straight into locked memory. The stream may not buffer.</summary>
    /// <exception cref="KeysException">It is longer, or cannot be locked.</exception>
    public static SecretBytes ReadFrom(Stream stream, int lengthMax)
    {
        SecretBytes secret = Allocate(lengthMax + 1, out Span<byte> memory);
        try
        {
            int length = stream.ReadAtLeast(memory, memory.Length, throwOnEndOfStream: false);
            return secret.Cut(length, lengthMax);
        }
        catch
        {
            secret.Dispose();
            throw;
        }
    }

    /// <inheritdoc cref="ReadFrom"/>
    public static async Task<SecretBytes> ReadFromAsync(
        Stream stream, int lengthMax, CancellationToken cancellation)
    {
        SecretBytes secret = Allocate(lengthMax + 1, out _);
        try
        {
            Memory<byte> memory = secret._pages.Memory[..secret.Length];
            int length = await stream.ReadAtLeastAsync(
                memory, memory.Length, throwOnEndOfStream: false, cancellation);
            return secret.Cut(length, lengthMax);
        }
        catch
        {
            secret.Dispose();
            throw;
        }
    }

    /// <summary>Keeps the secret where it is until the lease is disposed.</summary>
    /// <exception cref="ObjectDisposedException">The secret is gone.</exception>
    public Lease Open() => new(this);

    public void Dispose() => _pages.Dispose();

    /// <summary>Says nothing of it.</summary>
    public override string ToString() => "(secret)";

    /// <param name="memory">To be filled before anybody else has the secret.</param>
    internal static SecretBytes Allocate(int length, out Span<byte> memory)
    {
        var pages = new LockedPages(length);
        memory = pages.Memory.Span[..length];
        return new(pages, length);
    }

    /// <summary>Gives back what was allocated and not used.</summary>
    internal void TrimTo(int length)
    {
        CryptographicOperations.ZeroMemory(_pages.Memory.Span[length..]);
        Length = length;
    }

    private SecretBytes Cut(int length, int lengthMax)
    {
        if (length > lengthMax)
        {
            throw new KeysException($"more than {lengthMax} bytes");
        }

        TrimTo(length);
        return this;
    }

    /// <summary>The right to read a secret now.</summary>
    public readonly ref struct Lease : IDisposable
    {
        private readonly SecretBytes _secret;

        internal Lease(SecretBytes secret)
        {
            bool isHeld = false;
            secret._pages.DangerousAddRef(ref isHeld);
            _secret = secret;
        }

        public ReadOnlySpan<byte> Bytes => _secret._pages.Memory.Span[.._secret.Length];

        public void Dispose() => _secret._pages.DangerousRelease();
    }
}
