using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Oms.Domain.Configuration;

namespace Oms.Silo.Hosting;

/// <summary>
/// Where this silo listens on loopback: for other silos, and for clients of its grains. Chosen once per role and kept:
/// a silo that comes back at the same place is known at once as the one that had died there.
/// </summary>
internal sealed record SiloPorts(int Silo, int Gateway)
{
    public static SiloPorts Of(DataFolder data, string role)
    {
        string path = Path.Combine(data.Silo, $"{role}.ports");
        if (TryRead(path) is { } kept && IsFree(kept.Silo) && IsFree(kept.Gateway))
        {
            return kept;
        }

        using TcpListener first = Listening(0);
        using TcpListener second = Listening(0);
        var chosen = new SiloPorts(PortOf(first), PortOf(second));
        _ = Directory.CreateDirectory(data.Silo);
        File.WriteAllText(path, string.Create(CultureInfo.InvariantCulture, $"{chosen.Silo} {chosen.Gateway}\n"));
        return chosen;
    }

    private static SiloPorts? TryRead(string path)
    {
        string[] parts = File.Exists(path) ? File.ReadAllText(path).Trim().Split(' ') : [];
        return parts.Length == 2
            && ushort.TryParse(parts[0], CultureInfo.InvariantCulture, out ushort silo)
            && ushort.TryParse(parts[1], CultureInfo.InvariantCulture, out ushort gateway)
                ? new(silo, gateway)
                : null;
    }

    private static bool IsFree(int port)
    {
        try
        {
            using TcpListener listener = Listening(port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static TcpListener Listening(int port)
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        return listener;
    }

    private static int PortOf(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;
}
