using System.Numerics;
using Oms.Configuration.Yaml;
using Oms.Domain.Configuration;

namespace Oms.Configuration;

/// <summary>
/// Reads <c>deployment.yaml</c>: ports on this host, how processes wait, what the log promises, and keys.
/// </summary>
internal static class DeploymentReader
{
    private const int CoreMax = 1023;
    private const long LogBytesMax = 1L << 50;
    private const int WarmUpMs = 800;
    private const int WarmUpMsMax = 60_000;
    private const int RateMax = 100_000_000;

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
            Gateway = gateway is null ? new() : ReadGateway(gateway),
            SimulatorPort = simulator is null ? null : ReadPort(simulator, "port", users),
            IdlePolicy = fastPath?.Choice(
                "idle_policy", ("spin", IdlePolicy.Spin), ("backoff", IdlePolicy.Backoff)) ?? default,
            FastPathCore = fastPath?.IntegerIfSet("core", 0, CoreMax),
            LockMemory = fastPath?.TextIfSet("lock_memory") is null || fastPath.Flag("lock_memory"),
            WarmUp = TimeSpan.FromMilliseconds(fastPath?.IntegerIfSet("warm_up_ms", 0, WarmUpMsMax) ?? WarmUpMs),
            Keys = KeysReader.Read(root.ChildIfSet("keys")),
            Log = fastPath is null ? new() : ReadLog(fastPath),
            LogFiles = root.ChildIfSet("log_files") is { } files ? ReadLogFiles(files) : new(),
            Telemetry = root.ChildIfSet("telemetry") is { } telemetry ? ReadTelemetry(telemetry, users) : new(),
        };
    }

    private static GatewayConfiguration ReadGateway(Section gateway)
    {
        var standard = new GatewayConfiguration();
        return new()
        {
            ClientCallsPerSecond =
                gateway.IntegerIfSet("client_calls_per_second", 1, RateMax) ?? standard.ClientCallsPerSecond,
            AccountCommandsPerSecond =
                gateway.IntegerIfSet("account_commands_per_second", 1, RateMax) ?? standard.AccountCommandsPerSecond,
        };
    }

    private static LogConfiguration ReadLog(Section fastPath)
    {
        var standard = new LogConfiguration();
        long head = fastPath.BytesIfSet("log_head_bytes", 1L << 20, 1L << 30) ?? standard.HeadBytes;
        if (!BitOperations.IsPow2(head))
        {
            fastPath.Problem("log_head_bytes", $"{head} is not a power of two");
        }

        return new()
        {
            Durability = fastPath.Choice(
                "durability", ("memory", Durability.Memory), ("disk", Durability.Disk)),
            HeadBytes = head,
            SegmentBytes =
                fastPath.BytesIfSet("log_segment_bytes", 1L << 20, 1L << 32) ?? standard.SegmentBytes,
            SnapshotEveryBytes =
                fastPath.BytesIfSet("snapshot_every_bytes", 1, LogBytesMax) ?? standard.SnapshotEveryBytes,
            SnapshotsKept = fastPath.IntegerIfSet("snapshots_kept", 2, 100) ?? standard.SnapshotsKept,
            RetentionBytes =
                fastPath.BytesIfSet("log_retention_bytes", 0, LogBytesMax) ?? standard.RetentionBytes,
        };
    }

    private static LogFilesConfiguration ReadLogFiles(Section files)
    {
        var standard = new LogFilesConfiguration();
        return new()
        {
            FileBytes = files.BytesIfSet("file_bytes", 4096, 1L << 40) ?? standard.FileBytes,
            DaysKept = files.IntegerIfSet("days_kept", 1, 36_500) ?? standard.DaysKept,
            BytesKept = files.BytesIfSet("bytes_kept", 0, LogBytesMax) ?? standard.BytesKept,
        };
    }

    private static TelemetryConfiguration ReadTelemetry(Section telemetry, Dictionary<int, string> users) => new()
    {
        SiloMetricsPort = telemetry.TextIfSet("silo_metrics_port") is null
            ? null
            : ReadPort(telemetry, "silo_metrics_port", users),
        HasOrleansDashboard = telemetry.TextIfSet("orleans_dashboard") is not null
            && telemetry.Flag("orleans_dashboard"),
        TracesPerMillion = telemetry.NumberIfSet("trace_ratio", 0, 1) is { } ratio
            ? (int)(ratio * 1_000_000)
            : new TelemetryConfiguration().TracesPerMillion,
        OtlpInterval = telemetry.IntegerIfSet("otlp_interval_ms", 100, 600_000) is { } interval
            ? TimeSpan.FromMilliseconds(interval)
            : new TelemetryConfiguration().OtlpInterval,
        OtlpEndpoint = telemetry.TextIfSet("otlp_endpoint") is null ? null : ReadEndpoint(telemetry, "otlp_endpoint"),
    };

    private static Uri? ReadEndpoint(Section section, string key)
    {
        string text = section.Text(key);
        if (Uri.TryCreate(text, UriKind.Absolute, out Uri? endpoint) && endpoint.Scheme is "http" or "https")
        {
            return endpoint;
        }

        section.Problem(key, $"'{text}' is not an address like http://127.0.0.1:4317");
        return null;
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
