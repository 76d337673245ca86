using System.Text;

namespace Oms.Silo.Streams;

/// <summary>
/// Headers of a stored message, as the server hands them out: base64 of <c>NATS/1.0</c> and lines.
/// </summary>
internal static class MessageHeaders
{
    public static string? Find(string? base64, string name)
    {
        if (string.IsNullOrEmpty(base64))
        {
            return null;
        }

        string text = Encoding.ASCII.GetString(Convert.FromBase64String(base64));
        foreach (string line in text.Split("\r\n"))
        {
            int colon = line.IndexOf(':');
            if (colon > 0 && line.AsSpan(0, colon).Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return line[(colon + 1)..].Trim();
            }
        }

        return null;
    }
}
