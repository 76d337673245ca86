using Oms.Domain.Configuration;

namespace Oms.Cli.Preparation;

/// <summary>The configuration of nats-server. Holds the password, so that no command line does.</summary>
internal static class NatsServerFile
{
    public static string PathIn(DataFolder data) => Path.Combine(data.Run, "nats.conf");

    public static void Write(DataFolder data, DeploymentConfiguration deployment, string password) =>
        PrivateFile.Write(PathIn(data), $$"""
            # Written by `oms up`; changes are lost.
            server_name: "cryptooms"
            host: "127.0.0.1"
            port: {{deployment.NatsPort}}
            http: "127.0.0.1:{{deployment.NatsMonitoringPort}}"
            max_payload: 8MB
            jetstream {
              store_dir: {{Quoted(data.Nats)}}
            }
            authorization {
              user: "oms"
              password: {{Quoted(password)}}
            }

            """);

    private static string Quoted(string text)
    {
        string escaped = text
            .Replace(@"\", @"\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal);
        return $"\"{escaped}\"";
    }
}
