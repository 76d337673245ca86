using System.Text.RegularExpressions;
using Oms.Testing;

namespace Oms.EndToEnd;

/// <summary>The shipped configuration with ports that are free here, and a short receive window.</summary>
internal sealed partial class DeploymentConfigs
{
    private DeploymentConfigs(string folder, int[] ports)
    {
        Folder = folder;
        NatsPort = ports[0];
        NatsMonitoringPort = ports[1];
        GatewayPort = ports[2];
        SimulatorPort = ports[3];
    }

    public string Folder { get; }

    public int NatsPort { get; }

    public int NatsMonitoringPort { get; }

    public int GatewayPort { get; }

    public int SimulatorPort { get; }

    /// <param name="folder">Made here.</param>
    /// <param name="recvWindowMs">
    /// How long an order may arrive; bounds how long absence takes to prove.
    /// </param>
    public static DeploymentConfigs Write(string folder, int recvWindowMs)
    {
        var configs = new DeploymentConfigs(folder, Loopback.FreePorts(4));
        _ = Directory.CreateDirectory(folder);
        foreach (string path in Directory.EnumerateFiles(Path.Combine(Checkout.Root, "configs"), "*.yaml"))
        {
            string text = File.ReadAllText(path);
            foreach ((string shipped, int free) in configs.Ports())
            {
                text = text.Replace(shipped, $"{free}", StringComparison.Ordinal);
            }

            text = RecvWindow().Replace(text, $"recv_window_ms: {recvWindowMs}");
            // Tests that run over midnight are not to find other balances behind it.
            text = text.Replace(
                "enabled: true\n    schedule:", "enabled: false\n    schedule:", StringComparison.Ordinal);
            File.WriteAllText(Path.Combine(folder, Path.GetFileName(path)), text);
        }

        File.AppendAllText(Path.Combine(folder, "deployment.yaml"), "\ntelemetry:\n  orleans_dashboard: true\n");

        return configs;
    }

    /// <summary>The ports of the shipped files, none of which is part of another number there.</summary>
    private IEnumerable<(string Shipped, int Free)> Ports() =>
    [
        ("14222", NatsPort), ("14223", NatsMonitoringPort), ("7443", GatewayPort), ("18080", SimulatorPort),
    ];

    [GeneratedRegex("recv_window_ms: [0-9]+")]
    private static partial Regex RecvWindow();
}
