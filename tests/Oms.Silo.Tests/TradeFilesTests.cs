using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Oms.Silo.Files;

namespace Oms.Silo.Tests;

public sealed class TradeFilesTests : IDisposable
{
    private readonly Story _story = new();

    [Fact]
    public async Task Each_fill_is_a_line_of_its_day()
    {
        await FeedAsync(1, 10_000);
        Assert.Equal(Story.Fills(10_000), Lines());
        string[] firstDay = File.ReadAllLines(FileOf(2026, 1, 31));
        string[] secondDay = File.ReadAllLines(FileOf(2026, 2, 1));
        Assert.Equal(600, firstDay.Length);
        Assert.Equal(1_400, secondDay.Length);
    }

    [Fact]
    public async Task A_new_process_goes_on_behind_the_last_line()
    {
        await FeedAsync(1, 12);
        Assert.Equal(12, await FeedAsync(1, 20));
        Assert.Equal(17, await FeedAsync(1, 40));
        Assert.Equal(Story.Fills(40), Lines());
    }

    [Theory]
    [InlineData("{\"account\":\"binance/sub_sp")]
    [InlineData("{")]
    [InlineData("\0\0\0\0")]
    public async Task A_torn_line_is_cut_and_written_whole(string torn)
    {
        await FeedAsync(1, 12);
        File.AppendAllText(FileOf(2026, 1, 31), torn);
        Assert.Equal(12, await FeedAsync(1, 17));
        Assert.Equal(Story.Fills(17), Lines());
    }

    [Fact]
    public async Task A_long_torn_end_is_cut_too()
    {
        await FeedAsync(1, 12);
        File.AppendAllText(FileOf(2026, 1, 31), new string('\0', 100_000));
        Assert.Equal(12, await FeedAsync(1, 17));
        Assert.Equal(Story.Fills(17), Lines());
    }

    [Fact]
    public async Task A_file_with_nothing_but_a_torn_line_is_begun_again()
    {
        await FeedAsync(1, 3);
        string path = FileOf(2026, 1, 31);
        File.WriteAllText(path, File.ReadAllText(path)[..^1]);
        Assert.Equal(0, await FeedAsync(1, 17));
        Assert.Equal(Story.Fills(17), Lines());
    }

    [Fact]
    public async Task A_last_line_that_is_no_fill_is_nothing_to_guess_about()
    {
        await FeedAsync(1, 3);
        File.AppendAllText(FileOf(2026, 1, 31), "somebody's note\n");
        InvalidDataException damage = await Assert.ThrowsAsync<InvalidDataException>(() => FeedAsync(1, 5));
        Assert.Contains(FileOf(2026, 1, 31), damage.Message);
    }

    [Fact]
    public async Task Days_that_are_over_are_compressed_and_nothing_is_lost_when_one_is_written_again()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 2, 2, 0, 59, 0, TimeSpan.Zero));
        await FeedAsync(1, 10_000);
        using (var files = new TradeFiles(_story.Deployment.Data, _story.Names))
        {
            _ = await files.ResumeAsync(Deployment.Sub, 0, CancellationToken.None);
            var archive = new TradeArchive(files, time, NullLogger<TradeArchive>.Instance);
            archive.Compress(CancellationToken.None);
            Assert.True(File.Exists(FileOf(2026, 1, 31) + ".gz"));
            Assert.False(File.Exists(FileOf(2026, 1, 31)));
            Assert.True(File.Exists(FileOf(2026, 2, 1)));
            time.Advance(TimeSpan.FromMinutes(2));
            archive.Compress(CancellationToken.None);
            Assert.False(File.Exists(FileOf(2026, 2, 1)));
        }

        Assert.Equal(Story.Fills(10_000), Lines());
        Assert.Equal(Story.Fills(10_000).Last(), await FeedAsync(1, 10_020));
        Assert.True(File.Exists(FileOf(2026, 2, 1)));
        Assert.False(File.Exists(FileOf(2026, 2, 1) + ".gz"));
        Assert.Equal(Story.Fills(10_020), Lines());
    }

    public void Dispose() => _story.Dispose();

    /// <summary>As a process would: find out where the files end, then deliver in batches.</summary>
    private async Task<long> FeedAsync(int first, int last)
    {
        using var files = new TradeFiles(_story.Deployment.Data, _story.Names);
        long held = await files.ResumeAsync(Deployment.Sub, 0, CancellationToken.None);
        for (int from = first; from <= last; from += 1000)
        {
            await files.DeliverAsync(_story.Events(from, Math.Min(last, from + 999)), CancellationToken.None);
        }

        return held;
    }

    private string FileOf(int year, int month, int day)
    {
        var date = new DateOnly(year, month, day);
        return Path.Combine(_story.Deployment.Data.AccountLogs(Deployment.Sub, date), "trades.jsonl");
    }

    private List<long> Lines() => TradeLines.In(_story.Deployment, Deployment.Sub);
}
