using System.Security.Cryptography;

namespace Oms.Cli.Preparation;

/// <summary>Secrets of one line, made once and kept.</summary>
internal static class Secret
{
    private const int LengthMin = 32;
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    public static string Make(int length) => RandomNumberGenerator.GetString(Alphabet, length);

    public static string ReadOrMake(string path, int length)
    {
        if (File.Exists(path))
        {
            return Read(path);
        }

        string secret = Make(length);
        PrivateFile.Write(path, secret + "\n");
        return secret;
    }

    /// <exception cref="FormatException">It holds no such secret. Shows nothing of it.</exception>
    public static string Read(string path)
    {
        string text = File.ReadAllText(path).TrimEnd('\n');
        return text.Length >= LengthMin && text.All(char.IsAsciiLetterOrDigit)
            ? text
            : throw new FormatException(
                $"it does not hold one line of at least {LengthMin} letters and digits");
    }
}
