using Oms.Configuration.Yaml;
using Oms.Domain.Configuration;

namespace Oms.Configuration;

/// <summary>Reads <c>deployment.yaml</c>: ports on this host, how processes wait, and keys.</summary>
internal static class DeploymentReader
{
    private const int CoreMax = 1023;

    public static DeploymentConfiguration Read(Section root)
    {
        var users = new Dictionary<int, string>();
        Section? nats = root.Child("nats");
        Section? gateway = root.Child("gateway");
        Section? simulator = root.ChildIfSet("simulator");
        Section? fastPath = root.Child("fastpath");
        return new()
        {
            NatsPort = ReadPort(nats, "port", users),
            NatsMonitoringPort = ReadPort(nats, "monitoring_port", users),
            GatewayPort = ReadPort(gateway, "port", users),
            SimulatorPort = simulator is null ? null : ReadPort(simulator, "port", users),
            IdlePolicy = fastPath?.Choice(
                "idle_policy", ("spin", IdlePolicy.Spin), ("backoff", IdlePolicy.Backoff)) ?? default,
            FastPathCore = fastPath?.IntegerIfSet("core", 0, CoreMax),
            Keys = KeysReader.Read(root.ChildIfSet("keys")),
        };
    }

    private static int ReadPort(Section? section, string key, Dictionary<int, string> users)
    {
        int port = section?.Integer(key, 1, 65_535) ?? 0;
        if (section is not null && port != 0 && !users.TryAdd(port, section.KeyOf(key)))
        {
            section.Problem(key, $"{port} is already the port of {users[port]}");
        }

        return port;
    }
}
