using System.Security.Cryptography;
using System.Text;
using Oms.Keys.Memory;

namespace Oms.Cli.KeyFiles;

/// <summary>Lines that are typed or pasted at the terminal, and not shown.</summary>
internal static class HiddenLine
{
    /// <exception cref="RefusedException">It is too long.</exception>
    public static SecretBytes Read(string prompt, int lengthBytesMax)
    {
        byte[] line = GC.AllocateUninitializedArray<byte>(lengthBytesMax, pinned: true);
        try
        {
            return SecretBytes.CopyOf(line.AsSpan(0, Fill(prompt, line)));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(line);
        }
    }

    private static int Fill(string prompt, Span<byte> line)
    {
        Console.Error.Write(prompt);
        int length = 0;
        while (true)
        {
            ConsoleKeyInfo key = Console.ReadKey(intercept: true);
            switch (key.Key)
            {
                case ConsoleKey.Enter:
                    Console.Error.WriteLine();
                    return length;
                case ConsoleKey.Backspace:
                    length = LengthWithoutLast(line[..length]);
                    break;
                default:
                    length += Append(key.KeyChar, line[length..]);
                    break;
            }
        }
    }

    private static int Append(char typed, Span<byte> rest)
    {
        ReadOnlySpan<char> text = [typed];
        return typed == '\0' ? 0
            : Encoding.UTF8.TryGetBytes(text, rest, out int written) ? written
            : throw new RefusedException("the line is too long");
    }

    /// <summary>A character is a byte that begins one, and those behind it.</summary>
    private static int LengthWithoutLast(ReadOnlySpan<byte> line)
    {
        int length = line.Length;
        while (length > 0 && (line[--length] & 0xC0) == 0x80)
        {
        }

        return length;
    }
}
