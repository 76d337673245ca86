using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Oms.Keys.Files;

/// <summary>
/// The plain part of a key file. Numbers are little-endian; all of it is authenticated with the ciphertext.
/// <code>
/// 0          8              12        16       20      36       48
/// OMSKEYS1 | memory (KiB) | passes  | lanes  | salt  | nonce  | ciphertext …  | tag (16) | SHA-256 (32)
/// </code>
/// The SHA-256 over all before it tells a damaged file from a wrong passphrase; it protects nothing.
/// </summary>
internal sealed record KeyFileHeader(KeyDerivationCost Cost, byte[] Salt, byte[] Nonce)
{
    public const int LengthBytes = NonceAt + NonceLength;
    public const int NonceLength = 12;
    public const int SaltLength = 16;
    public const int TagLength = 16;
    public const int ChecksumLength = SHA256.HashSizeInBytes;

    /// <summary>What a file is longer than its ciphertext.</summary>
    public const int LengthAroundBytes = LengthBytes + TagLength + ChecksumLength;

    private const int MemoryAt = 8;
    private const int PassesAt = 12;
    private const int LanesAt = 16;
    private const int SaltAt = 20;
    private const int NonceAt = SaltAt + SaltLength;

    private static ReadOnlySpan<byte> Magic => "OMSKEYS1"u8;

    /// <exception cref="KeysException">It is no key file, or it is damaged.</exception>
    public static KeyFileHeader Read(ReadOnlySpan<byte> file)
    {
        if (!file.StartsWith(Magic))
        {
            throw new KeysException("is no key file of this version of oms, or is damaged");
        }

        if (file.Length < LengthAroundBytes
            || !SHA256.HashData(file[..^ChecksumLength]).AsSpan().SequenceEqual(file[^ChecksumLength..]))
        {
            throw new KeysException("is damaged: its checksum does not fit; nothing was changed, restore it");
        }

        var cost = new KeyDerivationCost(
            BinaryPrimitives.ReadInt32LittleEndian(file[MemoryAt..]),
            BinaryPrimitives.ReadInt32LittleEndian(file[PassesAt..]),
            BinaryPrimitives.ReadInt32LittleEndian(file[LanesAt..]));
        return cost.IsWithinLimits
            ? new(cost, file.Slice(SaltAt, SaltLength).ToArray(), file.Slice(NonceAt, NonceLength).ToArray())
            : throw new KeysException($"asks for a cost that is out of bounds: {cost}");
    }

    public void Write(Span<byte> file)
    {
        Magic.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file[MemoryAt..], Cost.MemoryKibibytes);
        BinaryPrimitives.WriteInt32LittleEndian(file[PassesAt..], Cost.Passes);
        BinaryPrimitives.WriteInt32LittleEndian(file[LanesAt..], Cost.Lanes);
        Salt.CopyTo(file[SaltAt..]);
        Nonce.CopyTo(file[NonceAt..]);
    }
}
