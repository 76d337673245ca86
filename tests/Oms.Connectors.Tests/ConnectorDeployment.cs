using System.Net;
using System.Text;
using System.Text.Json;
using Oms.Configuration;
using Oms.Domain.Configuration;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Keys;
using Oms.Keys.Files;
using Oms.Testing;

namespace Oms.Connectors.Tests;

/// <summary>
/// A real simulator, a real connector process, and FastPath's side in the test's hand. Gone after use.
/// </summary>
internal sealed class ConnectorDeployment : IAsyncDisposable
{
    public const int RecvWindowMs = 1000;

    /// <summary>The account whose key is no HMAC key.</summary>
    public const string Ed25519Account = "sub_market_making";

    private const string PrivatePem = """
        -----BEGIN PRIVATE KEY-----
        MC4CAQAwBQYDK2VwBCIEIIJEYWtGBrhACmb9Dvy+qa8WEf0lQOl1s4CLIAB9m89u
        -----END PRIVATE KEY-----
        """;

    private const string PublicPem = """
        -----BEGIN PUBLIC KEY-----
        MCowBQYDK2VwAyEAGUIKv9dSpWXBViXp2m6vAIb8QMFJYBgyFEQsFJlqgA0=
        -----END PUBLIC KEY-----
        """;

    private readonly TemporaryFolder _folder = new("connectors");
    private readonly HttpClient _judge = new();
    private readonly int _port = Loopback.FreePort();
    private ChildProcess? _simulator;
    private ChildProcess? _connector;

    private ConnectorDeployment()
    {
        WriteConfigs();
        WriteKeys();
        Configuration = ConfigurationFolder.Load(Configs);
        FastPath = new(Data, Configuration);
    }

    public SystemConfiguration Configuration { get; }

    public FastPathStandIn FastPath { get; private set; }

    public string Configs => _folder["configs"];

    public string Data => _folder["data"];

    public ChildProcess Connector =>
        _connector ?? throw new InvalidOperationException("no connector was started");

    /// <param name="prepare">What is done to the simulator before the connector speaks to it; null for nothing.</param>
    public static async Task<ConnectorDeployment> Start(Func<ConnectorDeployment, Task>? prepare = null)
    {
        var deployment = new ConnectorDeployment();
        try
        {
            await deployment.StartSimulator();
            await (prepare?.Invoke(deployment) ?? Task.CompletedTask);
            await deployment.StartConnector();
            await deployment.UntilAllUp();
            return deployment;
        }
        catch (Exception exception)
        {
            string errors = deployment._connector?.ErrorText ?? "";
            await deployment.DisposeAsync();
            throw new InvalidOperationException($"not started: {errors}", exception);
        }
    }

    /// <summary>Configuration, keys and FastPath's side only: no process yet.</summary>
    public static ConnectorDeployment Prepare() => new();

    public AccountId Account(string name) => new((uint)Configuration.Accounts.Select(
        (account, index) =>
            (account.Name.Account, Number: index + 1)).Single(pair => pair.Account == name).Number);

    public async Task StartSimulator()
    {
        _simulator = await ChildProcess.StartAsync(
            Checkout.Executable("Oms.ExchangeSimulator"),
            ["--port", $"{_port}", "--accounts", _folder["accounts.json"], "--data", _folder["simulator"]]);
        await Eventually.True(IsSimulatorReady, TimeSpan.FromSeconds(30));
    }

    public async Task StartConnector() => _connector = await ChildProcess.StartAsync(
        Checkout.Executable("Oms.Connectors"),
        ["--configs", Configs, "--data", Data, "--connector", "0"]);

    public async Task UntilAllUp()
    {
        await FastPath.UntilUp(Account("main"));
        await FastPath.UntilUp(Account("sub_spot_arb"));
        await FastPath.UntilUp(Account("sub_market_making"));
        await FastPath.UntilUp(Account("sub_futures_trend"));
    }

    public void RemakeRegion()
    {
        FastPath.Dispose();
        FastPath = new(Data, Configuration, incarnation: 2);
    }

    /// <summary>What a judge makes happen to the market of futures.</summary>
    public async Task Judge(string what, string parameters)
    {
        using HttpResponseMessage response = await _judge.PostAsync(Judge($"futures/{what}?{parameters}"), null);
        _ = response.EnsureSuccessStatusCode();
    }

    public Task Fault(string kind, int count, string? account = null)
    {
        string whom = account is null ? "" : $",\"account\":\"{account}\"";
        return Fault($$"""{"kind":"{{kind}}","count":{{count}}{{whom}}}""");
    }

    /// <param name="fault">As the simulator reads it.</param>
    public async Task Fault(string fault)
    {
        using var content = new StringContent(fault);
        using HttpResponseMessage response = await _judge.PostAsync(Judge("faults"), content);
        _ = response.EnsureSuccessStatusCode();
    }

    /// <summary>How often the simulator was asked for something by its WebSocket APIs.</summary>
    public Task<long> BySocket(string method) => Asked("socket_requests", method);

    /// <summary>How often the simulator was asked for something, on whichever way.</summary>
    /// <param name="call">As <c>DELETE /api/v3/order</c>.</param>
    public Task<long> ByRest(string call) => Asked("requests", call);

    private async Task<long> Asked(string how, string what)
    {
        using JsonDocument ledger = JsonDocument.Parse(await _judge.GetStringAsync(Judge("ledger")));
        return ledger.RootElement.GetProperty(how).TryGetProperty(what, out JsonElement count)
            ? count.GetInt64()
            : 0;
    }

    /// <summary>The ids under which the simulator moved money, in order.</summary>
    public async Task<string[]> TransferIds()
    {
        using JsonDocument ledger = JsonDocument.Parse(await _judge.GetStringAsync(Judge("ledger")));
        return
        [
            .. ledger.RootElement.GetProperty("transfers").EnumerateArray()
                .Select(transfer => transfer.GetProperty("clientTranId").GetString()!),
        ];
    }

    /// <summary>The simulator's own record of an account's orders, by client order id.</summary>
    /// <param name="account">Its name.</param>
    /// <param name="accounts">"futures_accounts" for its orders of futures.</param>
    public async Task<ILookup<string, JsonElement>> Ledger(string account, string accounts = "accounts")
    {
        using JsonDocument ledger = JsonDocument.Parse(await _judge.GetStringAsync(Judge("ledger")));
        JsonElement orders = ledger.RootElement.GetProperty(accounts).EnumerateArray()
            .Single(row => row.GetProperty("name").GetString() == account).GetProperty("orders").Clone();
        return orders.EnumerateArray().ToLookup(order => order.GetProperty("clientOrderId").GetString()!);
    }

    public async ValueTask DisposeAsync()
    {
        if (_connector is not null)
        {
            await _connector.KillAsync();
        }

        if (_simulator is not null)
        {
            await _simulator.KillAsync();
        }

        FastPath.Dispose();
        _judge.Dispose();
        _folder.Dispose();
    }

    private async Task<bool> IsSimulatorReady()
    {
        try
        {
            using HttpResponseMessage response = await _judge.GetAsync(Judge("ready"));
            return response.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private Uri Judge(string path) => new($"http://127.0.0.1:{_port}/sim/{path}");

    private void WriteConfigs()
    {
        _ = Directory.CreateDirectory(Configs);
        foreach (string file in Directory.GetFiles(Path.Combine(Checkout.Root, "configs"), "*.yaml"))
        {
            File.Copy(file, Path.Combine(Configs, Path.GetFileName(file)));
        }

        Replace("exchanges.yaml", "18080", $"{_port}");
        Replace("deployment.yaml", "18080", $"{_port}");
        Replace("exchanges.yaml", "recv_window_ms: 5000", $"recv_window_ms: {RecvWindowMs}");
    }

    /// <summary>Changes the configuration, for the next start.</summary>
    public void Replace(string file, string text, string by)
    {
        string path = Path.Combine(Configs, file);
        string content = File.ReadAllText(path);
        Assert.Contains(text, content);
        File.WriteAllText(path, content.Replace(text, by));
    }

    /// <summary>
    /// Puts other keys, which the exchange takes or not, before those of an account in spot; the last one first.
    /// </summary>
    public void RotateKeys(string account, params string[] apiKeys)
    {
        AccountConfiguration configured =
            Configuration.Accounts.Single(each => each.Name.Account == account);
        ChangeKeys(file =>
        {
            foreach (string apiKey in apiKeys)
            {
                string old = file.Keys.Where(key => key.Owner == new KeyOwner(configured.Name, Market.Spot))
                    .MinBy(key => key.Priority)!.Id;
                _ = file.Rotate(old, KeyPair.Of(apiKey, Encoding.ASCII.GetBytes(NextSecret)));
            }
        });
    }

    /// <summary>What the exchange tells everybody.</summary>
    public Task<string> Get(string path) => _judge.GetStringAsync(new Uri($"http://127.0.0.1:{_port}/{path}"));

    /// <summary>From now on the exchange lets a key do this.</summary>
    /// <param name="permissions">Of SPOT, FUTURES, WITHDRAWALS, with commas.</param>
    public async Task ChangeKey(string apiKey, string permissions, bool isBound = true)
    {
        string query = $"key={apiKey}&permissions={permissions}&bound={(isBound ? "true" : "false")}";
        using HttpResponseMessage response = await _judge.PostAsync(Judge($"keys/change?{query}"), null);
        _ = response.EnsureSuccessStatusCode();
    }

    /// <summary>The exchange takes a key no more.</summary>
    public async Task Revoke(string apiKey)
    {
        using HttpResponseMessage response = await _judge.PostAsync(Judge($"keys/revoke?key={apiKey}"), null);
        _ = response.EnsureSuccessStatusCode();
    }

    /// <summary>What the connector logs.</summary>
    public string Log()
    {
        string folder = new DataFolder(Data).ProcessLogs;
        return Directory.Exists(folder)
            ? string.Concat(Directory.GetFiles(folder, "connectors*").Order().Select(ReadShared))
            : "";
    }

    /// <summary>What the connector logs of an account.</summary>
    public string LogOf(string account) => string.Concat(Directory.GetFiles(
        Path.Combine(Data, "logs"), "connectors.jsonl", SearchOption.AllDirectories)
        .Where(path => path.Contains($"/{account}/", StringComparison.Ordinal)).Select(ReadShared));

    /// <summary>What must stand nowhere.</summary>
    public IEnumerable<string> Secrets => Configuration.Accounts
        .SelectMany(account => new[] { SecretOf(account), NextSecret, ApiKey(account), NextApiKey(account) })
        .SelectMany(secret => secret.Split('\n', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Removes the keys of accounts from the key file.</summary>
    public void RemoveKeys(params string[] accounts) => ChangeKeys(file =>
    {
        foreach (ExchangeKey key in file.Keys.Where(key => accounts.Contains(key.Owner.Account.Account)))
        {
            _ = file.Remove(key.Id);
        }
    });

    private void WriteKeys()
    {
        SystemConfiguration configuration = ConfigurationFolder.Load(Configs);
        var data = new DataFolder(Data);
        _ = Directory.CreateDirectory(Path.GetDirectoryName(data.ExchangeKeysFile)!);
        Passphrase.MakeFile(data.KeysPassphraseFile);
        ChangeKeys(file =>
        {
            foreach (AccountConfiguration account in configuration.Accounts)
            {
                foreach (KeyOwner owner in KeyOwner.Of(account, MarketFlags.Spot | MarketFlags.Futures))
                {
                    _ = file.Add(owner, KeyPair.Of(ApiKey(account), Encoding.ASCII.GetBytes(SecretOf(account))));
                }
            }
        });
        var accounts = configuration.Accounts.Select(account =>
            $$$"""
            {"name":"{{{account.Name.Account}}}","api_key":"{{{ApiKey(account)}}}",
            {{{PublicHalfOf(account)}}},"further_keys":{"{{{NextApiKey(account)}}}":"{{{NextSecret}}}"},
            "permissions":["SPOT","FUTURES"],{{{MainOf(account)}}}
            "balances":{"USDT":"50000","BTC":"1"},"futures_balances":{"USDT":"20000"}}
            """);
        File.WriteAllText(_folder["accounts.json"], $$"""{"accounts":[{{string.Join(',', accounts)}}]}""");
    }

    private void ChangeKeys(Action<KeyFileChange> change)
    {
        var data = new DataFolder(Data);
        using var passphrase = Passphrase.ReadFile(data.KeysPassphraseFile);
        using var file = KeyFileChange.Begin(
            data.ExchangeKeysFile, passphrase, new KeyDerivationCost(8, 1, 1), TimeProvider.System);
        change(file);
        file.Commit();
    }

    private static string ReadShared(string path)
    {
        using var reader = new StreamReader(
            new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        return reader.ReadToEnd();
    }

    public static string NextApiKey(AccountConfiguration account) => $"next_{account.Name.Account}";

    private const string NextSecret = "next_secret";

    private static string MainOf(AccountConfiguration account) =>
        account.Parent is { } main ? $"\"main\":\"{main}\"," : "";

    private static bool IsEd25519(AccountConfiguration account) => account.Name.Account == Ed25519Account;

    private static string SecretOf(AccountConfiguration account) => IsEd25519(account) ? PrivatePem : Secret(account);

    private static string PublicHalfOf(AccountConfiguration account) => IsEd25519(account)
        ? $"\"public_key_pem\":{JsonSerializer.Serialize(PublicPem)}"
        : $"\"secret_key\":\"{Secret(account)}\"";

    private static string ApiKey(AccountConfiguration account) => $"key_{account.Name.Account}";

    private static string Secret(AccountConfiguration account) => $"secret_{account.Name.Account}";
}
