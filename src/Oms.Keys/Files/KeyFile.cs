using System.Collections.Immutable;
using System.Security.Cryptography;

namespace Oms.Keys.Files;

/// <summary>
/// The local file of exchange keys: AES-256-GCM under a key that Argon2id derives from a passphrase. Reading
/// it never changes it; <see cref="KeyFileChange"/> does.
/// </summary>
public static class KeyFile
{
    /// <summary>All keys of the file, each owner's in the order of their priority.</summary>
    /// <exception cref="KeysException">The file is missing or damaged, others may touch it, or the passphrase
    /// is wrong.</exception>
    public static ImmutableArray<ExchangeKey> Read(string path, Passphrase passphrase)
    {
        (KeyFileContent content, KeyFileKey key) = Open(path, passphrase, known: null);
        key.Dispose();
        return content.Keys;
    }

    /// <summary>Whether the file is whole, which needs no passphrase.</summary>
    /// <exception cref="KeysException">The file is missing or damaged, or others may touch it.</exception>
    public static void Check(string path) => _ = HeaderOf(path, ReadBytes(path));

    /// <param name="known">A key from an earlier reading; given back where it still fits.</param>
    internal static (KeyFileContent Content, KeyFileKey Key) Open(
        string path, Passphrase passphrase, KeyFileKey? known)
    {
        byte[] file = ReadBytes(path);
        KeyFileHeader header = HeaderOf(path, file);
        KeyFileKey key = known?.IsOf(header) == true
            ? known
            : KeyFileKey.Derive(passphrase, header.Cost, header.Salt);
        try
        {
            return (KeyFileFormat.Open(file, header, key), key);
        }
        catch (Exception exception) when (exception is KeysException or AuthenticationTagMismatchException)
        {
            if (key != known)
            {
                key.Dispose();
            }

            string problem = exception is KeysException
                ? exception.Message
                : $"does not open: the {passphrase} is wrong";
            throw new KeysException($"{path} {problem}");
        }
    }

    private static byte[] ReadBytes(string path) => PrivateFile.Read(path, KeyFileFormat.LengthBytesMax);

    private static KeyFileHeader HeaderOf(string path, byte[] file)
    {
        try
        {
            return KeyFileHeader.Read(file);
        }
        catch (KeysException exception)
        {
            throw new KeysException($"{path} {exception.Message}");
        }
    }
}
