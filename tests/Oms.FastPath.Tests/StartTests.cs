using System.Text.Json;
using Oms.Domain.Accounts;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Journal;
using Oms.SharedMemory.Health;
using Oms.SharedMemory.Rings;
using Oms.SharedMemory.Tables;
using Oms.Testing;

namespace Oms.FastPath.Tests;

/// <summary>How FastPath starts, on nothing, on what another left, and when it refuses to.</summary>
public sealed class StartTests
{
    private const int WriterCursorOffset = 128;
    private const int ReaderCursorOffset = 384;

    private const string NewAccount =
        """
            sub_new:
              type: sub
              parent: main
              api_key_vault_path: binance_sub_new
              spot_enabled: true
              futures_enabled: false

        account_routing:
        """;

    [Fact]
    public async Task First_start_defines_what_is_configured()
    {
        await using var deployment = new Deployment();
        _ = await deployment.StartAsync();
        using var directory = new ListingDirectory(deployment.Region);

        Assert.Equal(
            [
                "binance/main",
                "binance/sub_spot_arb",
                "binance/sub_futures_trend",
                "binance/sub_market_making",
            ],
            directory.Accounts.Select(account => account.Name.ToString()));
        Assert.Equal(["BTC", "USDT", "ETH"], directory.Assets.Select(asset => asset.Name.ToString()));
        Assert.Equal(
            ["BTC/USDT", "ETH/USDT", "BTC/USDT:USDT", "ETH/USDT:USDT"],
            directory.Instruments.Select(listing => listing.Symbol.ToString()));
        Assert.True(directory.TryFindAccount("binance/sub_futures_trend", out AccountDefined futures));
        Assert.Equal(MarketFlags.Futures, futures.Markets);
    }

    [Theory]
    [InlineData("20000", "30000")]
    [InlineData("20000", "1000")]
    public async Task A_log_is_replayed_with_the_capacity_that_it_was_made_with(string first, string second)
    {
        await using var deployment = new Deployment();
        string file = Path.Combine(deployment.Configs, "limits.yaml");
        string shipped = File.ReadAllText(file);
        Assert.Contains($"orders_held_max: {first}", shipped, StringComparison.Ordinal);
        ChildProcess process = await deployment.StartAsync();
        using var peers = new Peers(deployment);
        peers.StartSession();
        await peers.UntilReadyAsync();
        Assert.True(peers.TryPlace());
        await Eventually.True(() =>
        {
            peers.Pump();
            return peers.Submitted.Count == 1;
        });
        await process.KillAsync();

        File.WriteAllText(file, shipped.Replace(first, second, StringComparison.Ordinal));
        _ = await deployment.StartAsync();
        Assert.True(peers.TryPlace());
        await Eventually.True(() =>
        {
            peers.Pump();
            return peers.Submitted.Count == 2;
        });
    }

    [Fact]
    public async Task A_silent_connector_closes_its_accounts_until_it_is_heard_again()
    {
        await using var deployment = new Deployment();
        _ = await deployment.StartAsync();
        using var peers = new Peers(deployment);
        peers.StartSession();
        await peers.UntilReadyAsync();

        peers.IsHeard = false;
        await Eventually.True(() => peers.Gate() == AccountGate.Disconnected);
        peers.IsHeard = true;
        await peers.UntilReadyAsync();
    }

    [Fact]
    public async Task Accounts_keep_their_numbers_when_others_come_and_go()
    {
        await using var deployment = new Deployment();
        ChildProcess process = await deployment.StartAsync();
        string file = Path.Combine(deployment.Configs, "accounts.yaml");
        string before = File.ReadAllText(file);
        await process.KillAsync();
        int start = before.IndexOf("    sub_spot_arb:", StringComparison.Ordinal);
        int end = before.IndexOf("    sub_futures_trend:", StringComparison.Ordinal);
        string after = (before[..start] + before[end..])
            .Replace("    arbitrage: sub_spot_arb\n", "", StringComparison.Ordinal)
            .Replace("account_routing:", NewAccount, StringComparison.Ordinal);
        File.WriteAllText(file, after);

        process = await deployment.StartAsync();
        using (var directory = new ListingDirectory(deployment.Region))
        {
            Assert.Equal(["main 1 Spot", "sub_spot_arb 2 None", "sub_futures_trend 3 Futures",
                "sub_market_making 4 Spot", "sub_new 5 Spot"], Lines(directory));
        }

        await process.KillAsync();
        File.WriteAllText(file, before);
        _ = await deployment.StartAsync();
        using (var directory = new ListingDirectory(deployment.Region))
        {
            Assert.Equal(["main 1 Spot", "sub_spot_arb 2 Spot", "sub_futures_trend 3 Futures",
                "sub_market_making 4 Spot", "sub_new 5 None"], Lines(directory));
        }
    }

    [Fact]
    public async Task Second_process_on_the_same_data_is_refused()
    {
        await using var deployment = new Deployment();
        ChildProcess first = await deployment.StartAsync();

        (int exitCode, string errorText) = await deployment.RefusedAsync();

        Assert.Equal(3, exitCode);
        Assert.StartsWith("another process is the owner of", errorText);
        Assert.False(first.HasExited);
        Assert.True(deployment.Health() is { State: ProcessState.Ready } health && health.Pid == first.Id);
    }

    [Fact]
    public async Task Bad_configuration_is_refused_with_file_line_and_key()
    {
        await using var deployment = new Deployment();
        deployment.Configure(
            "limits.yaml", "price_collar_basis_points: 500", "price_collar_basis_points: many");

        (int exitCode, string errorText) = await deployment.RefusedAsync();

        Assert.Equal(2, exitCode);
        string[] lines = File.ReadAllLines(Path.Combine(deployment.Configs, "limits.yaml"));
        int line = Array.FindIndex(lines, text => text.Contains("many", StringComparison.Ordinal)) + 1;
        Assert.Contains($"limits.yaml:{line}: risk.price_collar_basis_points:", errorText);
    }

    [Fact]
    public async Task Core_that_is_not_there_is_bad_configuration()
    {
        await using var deployment = new Deployment();
        deployment.Configure("deployment.yaml", "# core: 1", "core: 1023");

        (int exitCode, string errorText) = await deployment.RefusedAsync();

        Assert.Equal(2, exitCode);
        Assert.Contains("deployment.yaml: fastpath.core: cannot run on core 1023", errorText);
    }

    [Fact]
    public async Task Ring_of_another_layout_is_refused_and_kept()
    {
        await using var deployment = new Deployment();
        ChildProcess process = await deployment.StartAsync();
        await process.KillAsync();
        string ring = deployment.Region.RingPath(RingTopology.GatewayCommands);
        using (FileStream stream = File.OpenWrite(ring))
        {
            stream.Position = 8;
            stream.WriteByte(99);
        }

        byte[] before = File.ReadAllBytes(ring);
        (int exitCode, string errorText) = await deployment.RefusedAsync();

        Assert.Equal(1, exitCode);
        Assert.StartsWith($"{ring} is not a ring of layout", errorText);
        Assert.Equal(before, File.ReadAllBytes(ring));
    }

    [Fact]
    public async Task Damaged_log_is_refused_with_its_place_and_kept()
    {
        await using var deployment = new Deployment();
        ChildProcess process = await deployment.StartAsync();
        await process.KillAsync();
        byte[] damaged = File.ReadAllBytes(deployment.Segment);
        // Within the first record: others follow.
        damaged[128 + 40] ^= 1;
        File.WriteAllBytes(deployment.Segment, damaged);

        (int exitCode, string errorText) = await deployment.RefusedAsync();

        Assert.Equal(1, exitCode);
        Assert.StartsWith($"{deployment.Segment} is damaged at byte 128:", errorText);
        Assert.Contains("nothing was changed", errorText);
        Assert.Equal(damaged, File.ReadAllBytes(deployment.Segment));
    }

    [Fact]
    public async Task Torn_tail_is_cut_and_the_log_goes_on()
    {
        await using var deployment = new Deployment();
        ChildProcess process = await deployment.StartAsync();
        await process.KillAsync();
        deployment.DeleteRegion();
        int inputs = LogBook.Of(deployment).Inputs.Count;
        long end = EndOf(deployment.Data.Log);
        using (FileStream stream = File.OpenWrite(deployment.Segment))
        {
            stream.Position = end;
            stream.Write([.. Enumerable.Repeat((byte)0x5A, 17)]);
        }

        process = await deployment.StartAsync();
        await process.KillAsync();

        Assert.Contains("the log ended in the middle of a record: 17 bytes behind position ", process.ErrorText);
        LogBook log = LogBook.Of(deployment);
        Assert.Equal(log.Epochs.Distinct().Order(), log.Epochs);
        Assert.True(log.Inputs.Count > inputs);
    }

    [Theory]
    [InlineData("memory")]
    [InlineData("disk")]
    public async Task Log_of_what_was_traded_is_verified_also_while_it_grows(string durability)
    {
        await using var deployment = new Deployment();
        deployment.Configure("deployment.yaml", "durability: memory", $"durability: {durability}");
        _ = await deployment.StartAsync();
        using var peers = new Peers(deployment);
        peers.StartSession();
        await peers.UntilReadyAsync();
        Assert.True(peers.TryPlace());
        await Eventually.True(() =>
        {
            peers.Pump();
            return peers.Submitted.Count == 1;
        });

        await Eventually.True(async () =>
        {
            (int exitCode, string output, string errorText) =
                await Deployment.RunAsync("verify-log", "--data", deployment.Data.Path, "--json");
            Assert.True(exitCode == 0, errorText);
            JsonElement verified = JsonDocument.Parse(output).RootElement;
            Assert.Equal(1, verified.GetProperty("first_record").GetInt64());
            Assert.Equal(
                verified.GetProperty("last_record").GetInt64(),
                verified.GetProperty("replayed_inputs").GetInt64()
                    + verified.GetProperty("replayed_events").GetInt64());
            return verified.GetProperty("replayed_events").GetInt64() >= 3;
        });
    }

    [Fact]
    public async Task Region_that_is_gone_is_made_again_and_nothing_is_forgotten()
    {
        await using var deployment = new Deployment();
        ChildProcess process = await deployment.StartAsync();
        int submitted;
        using (var peers = new Peers(deployment))
        {
            peers.StartSession();
            await peers.UntilReadyAsync();
            peers.IsSilent = true;
            Assert.True(peers.TryPlace());
            await Eventually.True(() =>
            {
                peers.Pump();
                return peers.RequestSequences.Count == 2;
            });
            submitted = peers.RequestSequences.Count;
        }

        await process.KillAsync();
        deployment.DeleteRegion();
        process = await deployment.StartAsync();
        using var again = new Peers(deployment) { IsSilent = true };
        again.StartSession();
        await Eventually.True(() =>
        {
            again.Pump();
            return again.RequestKinds.Contains(MessageKind.ResolveOrder)
                && again.Gate() == AccountGate.Reconciling;
        });

        // The session that could have sent it is over: it is resolved, and never submitted to the next one.
        Assert.DoesNotContain(MessageKind.SubmitOrder, again.RequestKinds);
        Assert.All(again.RequestSequences, sequence => Assert.True(sequence > submitted));
        Assert.Equal(again.RequestSequences.Distinct().Order(), again.RequestSequences);
        await process.KillAsync();
        Assert.Single(LogBook.Of(deployment).Accepted);
    }

    [Fact]
    public async Task First_request_that_was_decided_and_not_handed_over_is_handed_over_by_the_next_process()
    {
        await using var deployment = new Deployment();
        ChildProcess process = await deployment.StartAsync();
        using (var peers = new Peers(deployment) { IsSilent = true })
        {
            peers.StartSession();
            await UntilRequestedAsync(peers);
        }

        await process.KillAsync();
        // As if it had died one instruction earlier: the input is logged, the ring never carried anything.
        string path = deployment.Region.RingPath(RingTopology.ConnectorRequests(0));
        using (FileStream ring = File.OpenWrite(path))
        {
            ring.Position = WriterCursorOffset;
            ring.Write(new byte[16]);
            ring.Position = ReaderCursorOffset;
            ring.Write(new byte[8]);
        }

        _ = await deployment.StartAsync();
        using var again = new Peers(deployment) { IsSilent = true };
        await UntilRequestedAsync(again);
        Assert.Equal([1], again.RequestSequences);
    }

    /// <summary>Where in the last segment the last record ends.</summary>
    private static long EndOf(string logFolder)
    {
        using LogReader reader = LogReader.FromStart(logFolder);
        while (reader.TryRead(out _))
        {
        }

        return reader.OffsetBytes;
    }

    private static Task UntilRequestedAsync(Peers peers) => Eventually.True(() =>
    {
        peers.Pump();
        return peers.RequestSequences.Count > 0;
    });

    private static IEnumerable<string> Lines(ListingDirectory directory) => directory.Accounts.Select(
        account => $"{NameOf(account)} {account.Header.AccountId} {account.Markets}");

    private static string NameOf(AccountDefined account) => account.Name.ToString()["binance/".Length..];
}
