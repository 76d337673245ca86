namespace NATS.NKeys;

/// <summary>Base32 of RFC 4648 in capitals and without padding.</summary>
internal static class Base32
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int BitsPerLetter = 5;
    private const int BitsPerByte = 8;

    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        var letters = new char[((bytes.Length * BitsPerByte) + BitsPerLetter - 1) / BitsPerLetter];
        var pending = 0;
        var pendingBits = 0;
        var count = 0;
        foreach (var value in bytes)
        {
            pending = ((pending & 0b1111) << BitsPerByte) | value;
            pendingBits += BitsPerByte;
            while (pendingBits >= BitsPerLetter)
            {
                pendingBits -= BitsPerLetter;
                letters[count++] = Alphabet[(pending >> pendingBits) & 0b1_1111];
            }
        }

        if (pendingBits > 0)
        {
            letters[count] = Alphabet[(pending << (BitsPerLetter - pendingBits)) & 0b1_1111];
        }

        return new string(letters);
    }

    /// <summary>
    /// Fills <paramref name="bytes"/> exactly; bits of the last letter beyond it must be zero.
    /// </summary>
    public static void Decode(ReadOnlySpan<char> letters, Span<byte> bytes)
    {
        var pending = 0;
        var pendingBits = 0;
        var count = 0;
        foreach (var letter in letters)
        {
            pending = ((pending & 0b111_1111) << BitsPerLetter) | ValueOf(letter);
            pendingBits += BitsPerLetter;
            if (pendingBits >= BitsPerByte)
            {
                pendingBits -= BitsPerByte;
                bytes[count++] = (byte)((pending >> pendingBits) & 0xFF);
            }
        }

        if (count != bytes.Length || (pending & ((1 << pendingBits) - 1)) != 0)
        {
            throw new FormatException("The base32 text does not end on a whole byte.");
        }
    }

    private static int ValueOf(char letter) => letter switch
    {
        >= 'A' and <= 'Z' => letter - 'A',
        >= '2' and <= '7' => letter - '2' + 26,
        _ => throw new FormatException("An nkey is written in the letters A to Z and the digits 2 to 7."),
    };
}
