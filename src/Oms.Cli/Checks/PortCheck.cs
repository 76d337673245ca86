using System.Net;
using System.Net.Sockets;
using Oms.Cli.Linux;
using Oms.Domain.Configuration;

namespace Oms.Cli.Checks;

/// <summary>Every port that is needed is free.</summary>
internal static class PortCheck
{
    /// <exception cref="RefusedException">Names each port that is taken, its key, and who has it.</exception>
    public static void Check(DeploymentConfiguration deployment)
    {
        (string Key, int? Port)[] ports =
        [
            ("nats.port", deployment.NatsPort),
            ("nats.monitoring_port", deployment.NatsMonitoringPort),
            ("gateway.port", deployment.GatewayPort),
            ("simulator.port", deployment.SimulatorPort),
        ];
        string[] taken = [
            .. ports.Where(port => port.Port is { } number && !IsFree(number))
                .Select(port =>
                    $"port {port.Port} (deployment.yaml, {port.Key}) is taken{OwnerText(port.Port ?? 0)}"),
        ];
        if (taken.Length > 0)
        {
            throw new RefusedException(string.Join(Environment.NewLine, taken));
        }
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static string OwnerText(int port) =>
        ListeningPorts.OwnerOf(port) is { } pid ? $" by pid {pid} ({ProcessTable.NameOf(pid)})" : "";
}
