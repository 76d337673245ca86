using System.Net;
using System.Net.Sockets;

namespace Oms.Testing;

/// <summary>Addresses for a test's own servers.</summary>
public static class Loopback
{
    /// <summary>A port that nobody has now.</summary>
    public static int FreePort() => FreePorts(1)[0];

    /// <summary>So many different ports that nobody has now.</summary>
    public static int[] FreePorts(int count)
    {
        TcpListener[] listeners =
            [.. Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0))];
        try
        {
            Array.ForEach(listeners, listener => listener.Start());
            return [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        }
        finally
        {
            Array.ForEach(listeners, listener => listener.Dispose());
        }
    }
}
