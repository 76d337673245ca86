using System.Security.Cryptography;
using Oms.Domain.Configuration;
using Oms.Keys.Memory;

namespace Oms.Keys.Files;

/// <summary>What the key file is encrypted under, and where it came from.</summary>
public sealed class Passphrase : IDisposable
{
    /// <summary>Names the file that holds the passphrase in one line.</summary>
    public const string FileVariable = "OMS_KEYS_PASSPHRASE_FILE";

    /// <summary>Bytes that a new key file asks for.</summary>
    public const int LengthBytesMin = 12;

    public const int LengthBytesMax = 1024;

    private readonly string _origin;

    private Passphrase(SecretBytes text, string origin) => (Text, _origin) = (text, origin);

    internal SecretBytes Text { get; }

    /// <summary>
    /// The file that the environment names, else the one in the data folder, which need not exist.
    /// </summary>
    public static string FileFor(DataFolder data) =>
        Environment.GetEnvironmentVariable(FileVariable) is { Length: > 0 } named
            ? Path.GetFullPath(named)
            : data.KeysPassphraseFile;

    /// <exception cref="KeysException">The file is missing or empty, or others may touch it.</exception>
    public static Passphrase ReadFile(string path)
    {
        if (!File.Exists(path))
        {
            throw new KeysException(
                $"{path} does not exist: put the passphrase of the key file there, with mode 0600, or name " +
                $"its file in {FileVariable}");
        }

        using SecretBytes line = PrivateFile.ReadSecret(path, LengthBytesMax + 1);
        using SecretBytes.Lease lease = line.Open();
        ReadOnlySpan<byte> text = lease.Bytes.TrimEnd("\r\n"u8);
        return text.IsEmpty
            ? throw new KeysException($"{path}: holds no passphrase")
            : new(SecretBytes.CopyOf(text), $"from {path}");
    }

    /// <param name="text">The caller overwrites its own.</param>
    public static Passphrase Typed(ReadOnlySpan<byte> text) => new(SecretBytes.CopyOf(text), "as typed");

    /// <summary>Makes the file, with a passphrase that nobody needs to remember.</summary>
    /// <exception cref="KeysException">It cannot be written.</exception>
    public static void MakeFile(string path)
    {
        const int RandomBytes = 32;
        Span<byte> random = stackalloc byte[RandomBytes];
        Span<byte> line = stackalloc byte[(2 * RandomBytes) + 1];
        RandomNumberGenerator.Fill(random);
        _ = Convert.TryToHexStringLower(random, line, out int length);
        line[length] = (byte)'\n';
        PrivateFile.Replace(path, line);
        CryptographicOperations.ZeroMemory(random);
        CryptographicOperations.ZeroMemory(line);
    }

    public void Dispose() => Text.Dispose();

    /// <summary>Where it came from.</summary>
    public override string ToString() => $"passphrase {_origin}";
}
