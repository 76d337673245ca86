using System.Security.Cryptography;

namespace NATS.NKeys;

/// <summary>The text form of nkeys: base32 over a prefix, 32 bytes and a checksum.</summary>
/// <remarks>
/// <code>
/// public key   | role (8 bits)              | public key (32) | CRC-16, low byte first |
/// seed         | S (5 bits) role (8) 0 (3)  | seed (32)       | CRC-16, low byte first |
/// </code>
/// The prefixes are chosen so that the first letters of the base32 text name the kind.
/// </remarks>
internal static class NKeyText
{
    private const int KeyBytes = 32;
    private const int ChecksumBytes = 2;
    private const int SeedBytes = 2 + KeyBytes + ChecksumBytes;
    private const int SeedLetters = 58;
    private const int PublicKeyBytes = 1 + KeyBytes + ChecksumBytes;
    private const byte SeedPrefix = 18 << 3;
    private const string RoleLetters = "ACNOU";

    /// <summary>
    /// Fills <paramref name="secret"/> with the 32 bytes of the seed and returns its role's prefix.
    /// </summary>
    public static byte DecodeSeed(ReadOnlySpan<char> seed, Span<byte> secret)
    {
        if (seed.Length != SeedLetters)
        {
            throw new FormatException(
                $"An nkey seed has {SeedLetters} characters, this text has {seed.Length}.");
        }

        Span<byte> raw = stackalloc byte[SeedBytes];
        try
        {
            Base32.Decode(seed, raw);
            var checksum = raw[^2] | (raw[^1] << 8);
            if (Crc16.Of(raw[..^ChecksumBytes]) != checksum)
            {
                throw new FormatException(
                    "The checksum of the nkey seed does not match: it is mistyped or cut.");
            }

            if ((raw[0] & 0b1111_1000) != SeedPrefix)
            {
                throw new FormatException("The text is an nkey, but not a seed: a seed begins with S.");
            }

            var role = (byte)(((raw[0] & 0b0000_0111) << 5) | (raw[1] >> 3));
            RequireKnown(role);
            raw[2..^ChecksumBytes].CopyTo(secret);
            return role;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(raw);
        }
    }

    public static string EncodePublicKey(byte role, ReadOnlySpan<byte> publicKey)
    {
        Span<byte> raw = stackalloc byte[PublicKeyBytes];
        raw[0] = role;
        publicKey.CopyTo(raw[1..]);
        var checksum = Crc16.Of(raw[..^ChecksumBytes]);
        raw[^2] = (byte)(checksum & 0xFF);
        raw[^1] = (byte)(checksum >> 8);
        return Base32.Encode(raw);
    }

    private static void RequireKnown(byte role)
    {
        foreach (var letter in RoleLetters)
        {
            if (role == (letter - 'A') << 3)
            {
                return;
            }
        }

        throw new FormatException(
            "The nkey seed is of no role that signs: S must be followed by A, C, N, O or U.");
    }
}
