using System.Globalization;
using System.Security.Cryptography;
using NATS.Client.Core;
using Oms.Bench.Measuring;
using Oms.Silo.Feed;
using Oms.Silo.Hosting;

namespace Oms.Bench.Nats;

/// <summary>A nats-server of the run's own, as a deployment has it: JetStream on files, one user, loopback.</summary>
internal sealed class BenchNats : IDisposable
{
    private const string Executable = "nats-server";

    private readonly Child _process;
    private readonly int _port;
    private readonly string _password;

    private BenchNats(Child process, int port, string password) =>
        (_process, _port, _password) = (process, port, password);

    public int Pid => _process.Id;

    /// <param name="folder">For its store, its configuration and its log.</param>
    /// <exception cref="InvalidOperationException">There is no nats-server.</exception>
    public static BenchNats Start(string folder)
    {
        string program = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Append("/usr/sbin")
            .Select(path => Path.Combine(path, Executable))
            .FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException($"there is no {Executable}: apt-get install {Executable}");
        int port = Loopback.FreePort();
        string password = RandomNumberGenerator.GetHexString(32);
        _ = Directory.CreateDirectory(folder);
        string file = Path.Combine(folder, "nats.conf");
        File.WriteAllText(file, string.Create(CultureInfo.InvariantCulture, $$"""
            host: "127.0.0.1"
            port: {{port}}
            max_payload: 8MB
            log_file: "{{Path.Combine(folder, "nats.log")}}"
            jetstream { store_dir: "{{Path.Combine(folder, "store")}}" }
            authorization { user: "oms", password: "{{password}}" }

            """));
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return new(Child.Start(program, "-c", file), port, password);
    }

    /// <summary>A connection as the silo makes it; returns when the server answers.</summary>
    public async Task<NatsConnection> Connect()
    {
        NatsConnection connection = NatsLink.Create(_port, _password);
        await NatsLink.WaitAsync(connection, new FeedState(), CancellationToken.None);
        return connection;
    }

    public void Dispose() => _process.Dispose();
}
