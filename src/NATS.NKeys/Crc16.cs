namespace NATS.NKeys;

/// <summary>CRC-16/XMODEM: polynomial 0x1021, start 0, not reflected.</summary>
internal static class Crc16
{
    private const int Polynomial = 0x1021;

    public static int Of(ReadOnlySpan<byte> bytes)
    {
        var crc = 0;
        foreach (var value in bytes)
        {
            crc ^= value << 8;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 0x8000) != 0 ? ((crc << 1) ^ Polynomial) & 0xFFFF : (crc << 1) & 0xFFFF;
            }
        }

        return crc;
    }
}
