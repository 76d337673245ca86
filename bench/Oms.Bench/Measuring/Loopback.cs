using System.Net;
using System.Net.Sockets;

namespace Oms.Bench.Measuring;

internal static class Loopback
{
    /// <summary>A port that nobody has now.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
