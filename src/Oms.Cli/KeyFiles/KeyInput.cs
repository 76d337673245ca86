using System.Security.Cryptography;
using Oms.Keys;
using Oms.Keys.Memory;

namespace Oms.Cli.KeyFiles;

/// <summary>
/// Reads a pair of keys: the API key in the first line, the secret or the PEM below it. Never from the
/// command line, which everybody on the host can read.
/// </summary>
internal static class KeyInput
{
    /// <param name="path">A file; null for standard input, or for questions at a terminal.</param>
    /// <exception cref="KeysException">It is no pair of keys; shows nothing of it.</exception>
    public static KeyPair Read(string? path)
    {
        if (path is null && !Console.IsInputRedirected)
        {
            return Ask();
        }

        using Stream stream = path is null ? Console.OpenStandardInput() : Open(path);
        using SecretBytes text = SecretBytes.ReadFrom(stream, KeyPair.TextLengthBytesMax);
        return KeyPair.Parse(text);
    }

    private static FileStream Open(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);

    private static KeyPair Ask()
    {
        Console.Error.Write("API key: ");
        string apiKey = (Console.ReadLine() ?? "").Trim();
        byte[] text = GC.AllocateUninitializedArray<byte>(KeyPair.TextLengthBytesMax, pinned: true);
        try
        {
            return KeyPair.Of(apiKey, text.AsSpan(0, FillSecret(text)).Trim("\n"u8));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(text);
        }
    }

    /// <summary>One line; of PEM, all lines to its end.</summary>
    private static int FillSecret(Span<byte> text)
    {
        int length = 0;
        string prompt = "secret, or private key in PEM (not shown): ";
        while (true)
        {
            using SecretBytes line = HiddenLine.Read(prompt, Math.Max(text.Length - length - 1, 0));
            using SecretBytes.Lease lease = line.Open();
            lease.Bytes.CopyTo(text[length..]);
            length += lease.Bytes.Length;
            text[length++] = (byte)'\n';
            if (!text.StartsWith("-----BEGIN "u8) || lease.Bytes.StartsWith("-----END "u8)
                || lease.Bytes.IsEmpty)
            {
                return length;
            }

            prompt = "";
        }
    }
}
