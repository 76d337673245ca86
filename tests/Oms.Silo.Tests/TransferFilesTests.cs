using System.Text.Json;
using Oms.Silo.Files;

namespace Oms.Silo.Tests;

public sealed class TransferFilesTests : IDisposable
{
    private readonly Story _story = new();

    [Fact]
    public async Task Each_step_is_a_line_of_its_month()
    {
        Assert.Equal(0, await FeedAsync(1, 5_000, checkpointed: 0));
        string first = _story.Deployment.Data.TransfersFile(2026, 1);
        Assert.EndsWith("transfers/2026/01/transfers.jsonl", first, StringComparison.Ordinal);
        Assert.Equal(2_999, File.ReadAllLines(first).Length);
        Assert.Equal(2_001, File.ReadAllLines(_story.Deployment.Data.TransfersFile(2026, 2)).Length);
        Assert.Equal(
            """
            {"account":"binance/main","to":"binance/sub_spot_arb","from_wallet":"spot","to_wallet":"futures",
            "asset":"USDT","amount":"1.5","step":"debited","status":"in_transit","hop":1,
            "transfer_id":"2147483649","client_transfer_id":"transfer-1","exchange_transfer_id":"77","sequence":1,
            "log_sequence":1,"time":"2026-01-31T23:59:30.010000000Z"}
            """.ReplaceLineEndings(""),
            File.ReadLines(first).First());
    }

    [Fact]
    public async Task A_new_process_goes_on_behind_the_last_line_and_cuts_what_is_torn()
    {
        _ = await FeedAsync(1, 12, checkpointed: 0);
        Assert.Equal(12, await FeedAsync(1, 20, checkpointed: 5));
        File.AppendAllText(_story.Deployment.Data.TransfersFile(2026, 1), "{\"account\":\"bin");
        Assert.Equal(20, await FeedAsync(21, 40, checkpointed: 20));
        Assert.Equal(Enumerable.Range(1, 40).Select(number => (long)number), Sequences());
    }

    [Fact]
    public async Task What_the_checkpoint_knows_is_believed_where_the_files_do_not_say_more()
    {
        Assert.Equal(9, await FeedAsync(10, 12, checkpointed: 9));
        Assert.Equal([10L, 11L, 12L], Sequences());
    }

    [Fact]
    public async Task A_line_that_is_no_step_is_nothing_to_guess_about()
    {
        _ = await FeedAsync(1, 3, checkpointed: 0);
        string path = _story.Deployment.Data.TransfersFile(2026, 1);
        File.AppendAllText(path, "somebody's note\n");
        InvalidDataException damage =
            await Assert.ThrowsAsync<InvalidDataException>(() => FeedAsync(4, 5, checkpointed: 3));
        Assert.Contains($"{path}:4", damage.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _story.Dispose();

    private async Task<long> FeedAsync(int first, int last, long checkpointed)
    {
        using var files = new TransferFiles(_story.Deployment.Data, _story.Names);
        long held = await files.ResumeAsync(Deployment.Main, checkpointed, CancellationToken.None);
        await files.DeliverAsync(TransferStory.Steps(first, last), CancellationToken.None);
        Assert.Equal(last, files.HeldOf(Deployment.Main));
        return held;
    }

    private IEnumerable<long> Sequences()
    {
        foreach (string line in File.ReadLines(_story.Deployment.Data.TransfersFile(2026, 1)))
        {
            using var json = JsonDocument.Parse(line);
            yield return json.RootElement.GetProperty("sequence").GetInt64();
        }
    }
}
