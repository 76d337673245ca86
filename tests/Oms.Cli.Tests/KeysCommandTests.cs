using System.Diagnostics;
using System.Text.Json;
using Oms.Keys;
using Oms.Keys.Files;

namespace Oms.Cli.Tests;

/// <summary><c>oms keys</c> as it is typed: what it prints, what it keeps, and what it never shows.</summary>
public sealed class KeysCommandTests
{
    private const string Passphrase = "correct horse battery";

    /// <summary>The example of RFC 8410, section 10.3.</summary>
    private const string Pem =
        """
        -----BEGIN PRIVATE KEY-----
        MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
        -----END PRIVATE KEY-----
        """;

    [Fact]
    public async Task Keys_are_added_listed_rotated_and_removed()
    {
        await using TestDeployment deployment = Prepared();
        string file = Path.Combine(deployment.Root, "key.txt");

        JsonElement added =
            await Json(deployment, "PUBLIC1\nSECRET1\n", "keys", "add", "binance/main", "spot");
        Assert.Equal(
            ("1", "binance/main", "spot", "hmac", 1, Fingerprint("PUBLIC1")),
            (Text(added, "key_id"), Text(added, "account"), Text(added, "market"), Text(added, "kind"),
                added.GetProperty("priority").GetInt32(), Text(added, "fingerprint")));
        Assert.Equal(DateTimeOffset.UtcNow.Year, added.GetProperty("created").GetDateTimeOffset().Year);

        File.WriteAllText(file, $"PUBLIC2\n{Pem}\n");
        JsonElement rotated = await Json(deployment, "", "keys", "rotate", "1", "--from", file);
        Assert.Equal(("2", "ed25519", 1), (
            Text(rotated, "key_id"), Text(rotated, "kind"), rotated.GetProperty("priority").GetInt32()));
        _ = await Json(
            deployment, "PUBLIC3\nSECRET3\n", "keys", "add", "binance/sub_futures_trend", "futures",
            "--priority", "1");

        Run list = await deployment.OmsAsync("keys", "list", "--json");
        Assert.Equal(
            ["2 binance/main 1", "1 binance/main 2", "3 binance/sub_futures_trend 1"],
            list.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonSerializer.Deserialize<JsonElement>(line))
                .Select(key =>
                    $"{Text(key, "key_id")} {Text(key, "account")} {key.GetProperty("priority")}"));

        Assert.Equal("1", Text(await Json(deployment, "", "keys", "remove", "1"), "key_id"));
        Run table = await deployment.OmsAsync("keys", "list");
        Assert.Contains(Fingerprint("PUBLIC2"), table.Output);
        Assert.DoesNotContain(Fingerprint("PUBLIC1"), table.Output);
        Assert.DoesNotContain("PUBLIC", table.Output + list.Output);
        Assert.DoesNotContain("SECRET", table.Output + list.Output);
    }

    [Theory]
    [InlineData(2, "missing: ACCOUNT, MARKET; see --help", "keys", "add")]
    [InlineData(2, "MARKET: 'moon' is not one of spot, futures", "keys", "add", "binance/main", "moon")]
    [InlineData(2, "--priority: is no number from 1 to 8", "keys", "add", "binance/main", "spot", "--priority", "9")]
    [InlineData(2, "missing: KEY_ID; see --help", "keys", "remove")]
    [InlineData(1, "binance/nobody is no account of accounts.yaml", "keys", "add", "binance/nobody", "spot")]
    [InlineData(1, "binance/main does not trade futures: see accounts.yaml", "keys", "add", "binance/main", "futures")]
    [InlineData(1, "two lines at least are needed: the API key, then the secret or the PEM", "keys", "add", "binance/main", "spot")]
    [InlineData(1, "keys/exchange.keys: there is no key 7", "keys", "remove", "7")]
    [InlineData(1, "keys/exchange.keys does not exist; make it with: oms keys add", "keys", "list")]
    [InlineData(1, "'/nowhere/key'", "keys", "add", "binance/main", "spot", "--from", "/nowhere/key")]
    public async Task What_is_wrong_is_said_and_makes_no_file(
        int exitCode, string problem, params string[] arguments)
    {
        await using TestDeployment deployment = Prepared();

        Run run = await deployment.OmsAsync(arguments);

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(problem, run.Errors);
        Assert.Empty(run.Output);
        Assert.False(File.Exists(deployment.Data.ExchangeKeysFile));
    }

    [Fact]
    public async Task Without_passphrase_and_terminal_nothing_is_done()
    {
        await using TestDeployment deployment = Prepared();
        File.Delete(deployment.Data.KeysPassphraseFile);

        Run run = await deployment.TypeAsync("PUBLIC\nSECRET\n", "keys", "add", "binance/main", "spot");

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith($"the passphrase of {deployment.Data.ExchangeKeysFile} is needed: ", run.Errors);
        Assert.False(File.Exists(deployment.Data.ExchangeKeysFile));
    }

    [Fact]
    public async Task Where_keys_come_from_vault_the_key_file_is_not_changed()
    {
        await using TestDeployment deployment = Prepared();
        deployment.Replace(
            "deployment.yaml", "  source: file\n",
            "  source: vault\n  vault:\n    address: https://localhost:1\n    auth: token\n" +
            "    token_file: /nowhere/token\n");

        Run add = await deployment.TypeAsync("PUBLIC\nSECRET\n", "keys", "add", "binance/main", "spot");
        Run list = await deployment.OmsAsync("keys", "list");

        Assert.Equal((1, 1), (add.ExitCode, list.ExitCode));
        Assert.Equal(
            "keys come from Vault (deployment.yaml, keys.source): change them there", add.Errors.Trim());
        Assert.Contains("/nowhere/token: ", list.Errors);
        Assert.False(File.Exists(deployment.Data.ExchangeKeysFile));
    }

    [Fact]
    public async Task At_a_terminal_passphrase_and_secret_are_asked_for_and_not_shown()
    {
        await using TestDeployment deployment = Prepared();
        File.Delete(deployment.Data.KeysPassphraseFile);
        Process terminal = deployment.StartAtTerminal("keys", "add", "binance/main", "spot");
        var screen = new System.Text.StringBuilder();

        await Answer("API key: ", "PUBLIC1");
        await Answer("(not shown): ", "SECRETx\u007f1");
        await Answer("passphrase of the key file: ", Passphrase);
        await Answer("once more: ", Passphrase);
        screen.Append(await terminal.StandardOutput.ReadToEndAsync());
        await terminal.WaitForExitAsync();

        Assert.True(terminal.ExitCode == 0, screen.ToString());
        Assert.DoesNotContain("SECRET", screen.ToString());
        Assert.DoesNotContain("horse", screen.ToString());
        using var passphrase = Oms.Keys.Files.Passphrase.Typed("correct horse battery"u8);
        ExchangeKey key = Assert.Single(KeyFile.Read(deployment.Data.ExchangeKeysFile, passphrase));
        Assert.True(key.Is(KeyPair.Of("PUBLIC1", "SECRET1"u8)));

        async Task Answer(string prompt, string line)
        {
            char[] read = new char[1];
            while (!screen.ToString().EndsWith(prompt, StringComparison.Ordinal))
            {
                Assert.Equal(1, await terminal.StandardOutput.ReadAsync(read));
                screen.Append(read[0]);
            }

            await terminal.StandardInput.WriteAsync(line + "\n");
            await terminal.StandardInput.FlushAsync();
        }
    }

    private static TestDeployment Prepared()
    {
        var deployment = new TestDeployment();
        string path = deployment.Data.KeysPassphraseFile;
        _ = Directory.CreateDirectory(Path.GetDirectoryName(path) ?? "");
        File.WriteAllText(path, Passphrase + "\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return deployment;
    }

    private static async Task<JsonElement> Json(
        TestDeployment deployment, string input, params string[] arguments)
    {
        Run run = await deployment.TypeAsync(input, [.. arguments, "--json"]);
        Assert.True(run.ExitCode == 0, run.ToString());
        return JsonSerializer.Deserialize<JsonElement>(run.Output);
    }

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();

    private static string Fingerprint(string apiKey)
    {
        using KeyPair pair = KeyPair.Of(apiKey, "any"u8);
        return pair.Fingerprint;
    }
}
