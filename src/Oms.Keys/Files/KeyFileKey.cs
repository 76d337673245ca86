using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Oms.Keys.Memory;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;

namespace Oms.Keys.Files;

/// <summary>
/// The AES-256 key that a passphrase gives for one salt and cost. Deriving it takes a third of a second and
/// 64 MiB at the standard cost; it stays good as long as the file keeps its salt.
/// </summary>
internal sealed class KeyFileKey : IDisposable
{
    private const int KeyLength = 32;

    private readonly SecretBytes _key;

    private KeyFileKey(KeyDerivationCost cost, byte[] salt, SecretBytes key) =>
        (Cost, Salt, _key) = (cost, salt, key);

    public KeyDerivationCost Cost { get; }

    public byte[] Salt { get; }

    public static KeyFileKey Derive(Passphrase passphrase, KeyDerivationCost cost, byte[] salt)
    {
        SecretBytes key = Hash(passphrase, cost, salt);
        // All that it took is garbage now, and more than many a process holds: given back at once.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return new(cost, salt, key);
    }

    public bool IsOf(KeyFileHeader header) =>
        header.Cost == Cost && header.Salt.AsSpan().SequenceEqual(Salt);

    public void Encrypt(
        ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plain, Span<byte> cipher, Span<byte> tag,
        ReadOnlySpan<byte> header)
    {
        using SecretBytes.Lease lease = _key.Open();
        using var aes = new AesGcm(lease.Bytes, KeyFileHeader.TagLength);
        aes.Encrypt(nonce, plain, cipher, tag, header);
    }

    /// <exception cref="AuthenticationTagMismatchException">Another key, or other bytes.</exception>
    public void Decrypt(
        ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> cipher, ReadOnlySpan<byte> tag, Span<byte> plain,
        ReadOnlySpan<byte> header)
    {
        using SecretBytes.Lease lease = _key.Open();
        using var aes = new AesGcm(lease.Bytes, KeyFileHeader.TagLength);
        aes.Decrypt(nonce, cipher, tag, plain, header);
    }

    public void Dispose() => _key.Dispose();

    // Not inlined: what it allocates would live as long as its caller.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static SecretBytes Hash(Passphrase passphrase, KeyDerivationCost cost, byte[] salt)
    {
        // The generator takes arrays: pinned, so that no copy is left behind when they are moved.
        byte[] text = GC.AllocateUninitializedArray<byte>(passphrase.Text.Length, pinned: true);
        byte[] key = GC.AllocateUninitializedArray<byte>(KeyLength, pinned: true);
        try
        {
            using (SecretBytes.Lease lease = passphrase.Text.Open())
            {
                lease.Bytes.CopyTo(text);
            }

            Argon2Parameters parameters = new Argon2Parameters.Builder(Argon2Parameters.Argon2id)
                .WithVersion(Argon2Parameters.Version13)
                .WithMemoryAsKB(cost.MemoryKibibytes)
                .WithIterations(cost.Passes)
                .WithParallelism(cost.Lanes)
                .WithSalt(salt)
                .Build();
            var generator = new Argon2BytesGenerator();
            generator.Init(parameters);
            _ = generator.GenerateBytes(text, key);
            return SecretBytes.CopyOf(key);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(text);
            CryptographicOperations.ZeroMemory(key);
        }
    }
}
