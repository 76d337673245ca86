using System.Security.Cryptography;
using Oms.Keys.Memory;

namespace Oms.Keys.Files;

/// <summary>
/// From keys to the bytes of a key file, and back. What is decrypted exists in locked memory only.
/// </summary>
internal static class KeyFileFormat
{
    /// <summary>Room for some thousand keys.</summary>
    public const int LengthBytesMax = 1 << 20;

    public static byte[] Seal(KeyFileContent content, KeyFileKey key)
    {
        using SecretBytes plain = content.Encode();
        byte[] file = new byte[KeyFileHeader.LengthAroundBytes + plain.Length];
        var header = new KeyFileHeader(
            key.Cost, key.Salt, RandomNumberGenerator.GetBytes(KeyFileHeader.NonceLength));
        header.Write(file);
        Parts(file, out Range cipher, out Range tag);
        using (SecretBytes.Lease lease = plain.Open())
        {
            key.Encrypt(
                header.Nonce, lease.Bytes, file.AsSpan(cipher), file.AsSpan(tag),
                file.AsSpan(0, KeyFileHeader.LengthBytes));
        }

        _ = SHA256.HashData(
            file.AsSpan()[..^KeyFileHeader.ChecksumLength],
            file.AsSpan()[^KeyFileHeader.ChecksumLength..]);
        return file;
    }

    /// <param name="header">Read from the same bytes.</param>
    /// <exception cref="AuthenticationTagMismatchException">The key is of another passphrase.</exception>
    /// <exception cref="KeysException">The content is not understood.</exception>
    public static KeyFileContent Open(ReadOnlySpan<byte> file, KeyFileHeader header, KeyFileKey key)
    {
        Parts(file, out Range cipher, out Range tag);
        using SecretBytes plain = SecretBytes.Allocate(file[cipher].Length, out Span<byte> memory);
        key.Decrypt(header.Nonce, file[cipher], file[tag], memory, file[..KeyFileHeader.LengthBytes]);
        return KeyFileContent.Decode(memory);
    }

    private static void Parts(ReadOnlySpan<byte> file, out Range cipher, out Range tag)
    {
        int tagAt = file.Length - KeyFileHeader.ChecksumLength - KeyFileHeader.TagLength;
        cipher = KeyFileHeader.LengthBytes..tagAt;
        tag = tagAt..(tagAt + KeyFileHeader.TagLength);
    }
}
