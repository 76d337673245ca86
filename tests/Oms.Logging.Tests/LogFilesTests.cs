using System.IO.Compression;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Oms.Domain.Accounts;
using Oms.Domain.Configuration;
using Oms.Testing;
using Serilog;
using Serilog.Core;

namespace Oms.Logging.Tests;

public sealed class LogFilesTests : IDisposable
{
    private static readonly AccountName Main = new("binance", "main");
    private static readonly LogFilesConfiguration Small = new() { FileBytes = 1000, DaysKept = 3, BytesKept = 1 << 20 };

    private readonly TemporaryFolder _folder = new("logging");
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 30, 23, 59, 0, TimeSpan.Zero));

    private DataFolder Data => new(_folder["data"]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_full_file_is_followed_by_another_and_compressed_and_no_line_is_lost()
    {
        using (Logger log = Open())
        {
            for (int line = 0; line < 50; line++)
            {
                log.Information("line {Number}", line);
            }
        }

        string[] rolled = Rolled();
        Assert.InRange(rolled.Length, 3, 40);
        Assert.All(rolled, path => Assert.EndsWith(".jsonl.gz", path, StringComparison.Ordinal));
        Assert.Equal("gateway-20260130-000001.jsonl.gz", Path.GetFileName(rolled[0]));
        Assert.Equal(
            Enumerable.Range(0, 50),
            rolled.Append(Path.Combine(Data.ProcessLogs, "gateway.jsonl")).SelectMany(LinesOf)
                .Select(line => line.GetProperty("Number").GetInt32()));
    }

    [Fact]
    public void A_day_has_files_of_its_own_and_the_lines_of_an_account_are_in_its_folder_too()
    {
        using (Logger log = Open())
        {
            log.Information("{Account}: order {OrderId} refused", Main.ToString(), 7);
            log.Information("{Account}: unheard of", "binance/nobody");
            log.Information("of no account");
            _time.Advance(TimeSpan.FromMinutes(2));
            log.Information("{Account}: the next day", Main);
        }

        DateOnly first = new(2026, 1, 30);
        Assert.Equal(3, LinesOf(Assert.Single(Rolled())).Count);
        _ = Assert.Single(LinesOf(Path.Combine(Data.ProcessLogs, "gateway.jsonl")));
        JsonElement line = Assert.Single(LinesOf(Path.Combine(Data.AccountLogs(Main, first), "gateway.jsonl.gz")));
        Assert.Equal(7, line.GetProperty("OrderId").GetInt32());
        Assert.False(File.Exists(Path.Combine(Data.AccountLogs(Main, first), "gateway.jsonl")));
        _ = Assert.Single(LinesOf(Path.Combine(Data.AccountLogs(Main, first.AddDays(1)), "gateway.jsonl")));
    }

    [Fact]
    public void What_a_dead_process_left_is_compressed_at_the_next_start_and_what_is_too_old_removed()
    {
        using (Logger log = Open())
        {
            log.Information("{Account}: before", Main);
        }

        string accountFile = Path.Combine(Data.AccountLogs(Main, new(2026, 1, 30)), "gateway.jsonl");
        string fills = Path.Combine(Data.AccountLogs(Main, new(2026, 1, 30)), "trades.jsonl");
        string other = Path.Combine(Data.ProcessLogs, "gateway-2.jsonl");
        string torn = Path.Combine(Data.ProcessLogs, "gateway-20260130-000005.jsonl");
        File.WriteAllText(fills, "a fill\n");
        File.WriteAllText(other, "another's\n");
        File.WriteAllText(torn, "{}\n");
        _time.Advance(TimeSpan.FromDays(1));
        Open().Dispose();
        Assert.True(File.Exists(accountFile + ".gz"));
        Assert.True(File.Exists(torn + ".gz"));
        Assert.False(File.Exists(accountFile) || File.Exists(torn));

        _time.Advance(TimeSpan.FromDays(3));
        Open().Dispose();
        Assert.Empty(Rolled());
        Assert.False(File.Exists(accountFile + ".gz"));
        Assert.True(File.Exists(fills));
        Assert.True(File.Exists(other));
    }

    [Fact]
    public void Of_too_many_bytes_the_oldest_file_goes_first_and_the_newest_lines_stay_without_a_gap()
    {
        // More than once: numbers that were removed are not given again.
        for (int start = 0; start < 4; start++)
        {
            using (Logger log = Open(Small with { BytesKept = 1500 }))
            {
                for (int line = 0; line < 100; line++)
                {
                    log.Information("line {Number}", (start * 100) + line);
                }
            }

            // As the clock of the test has it.
            File.SetLastWriteTimeUtc(Path.Combine(Data.ProcessLogs, "gateway.jsonl"), _time.GetUtcNow().UtcDateTime);
        }

        Assert.InRange(Rolled().Sum(path => new FileInfo(path).Length), 1, 1500);
        int[] kept =
        [
            .. Rolled().Append(Path.Combine(Data.ProcessLogs, "gateway.jsonl")).SelectMany(LinesOf)
                .Select(line => line.GetProperty("Number").GetInt32()),
        ];
        Assert.InRange(kept.Length, 10, 399);
        Assert.Equal(Enumerable.Range(400 - kept.Length, kept.Length), kept);
    }

    [Fact]
    public void What_is_kept_apart_for_accounts_counts_too()
    {
        for (int day = 0; day < 3; day++)
        {
            using (Logger log = Open(Small with { FileBytes = 1 << 20, BytesKept = 1500, DaysKept = 30 }))
            {
                for (int line = 0; line < 100; line++)
                {
                    log.Information("{Account}: line {Number}", Main, (day * 100) + line);
                }
            }

            File.SetLastWriteTimeUtc(Path.Combine(Data.ProcessLogs, "gateway.jsonl"), _time.GetUtcNow().UtcDateTime);
            _time.Advance(TimeSpan.FromDays(1));
        }

        Open(Small with { BytesKept = 1500, DaysKept = 30 }).Dispose();
        string[] accountFiles =
        [
            .. Enumerable.Range(30, 3).Select(day => new DateOnly(2026, 1, 1).AddDays(day - 1))
                .Select(day => Path.Combine(Data.AccountLogs(Main, day), "gateway.jsonl.gz")),
        ];
        Assert.False(File.Exists(accountFiles[0]));
        Assert.True(File.Exists(accountFiles[2]));
        Assert.InRange(
            Rolled().Concat(accountFiles.Where(File.Exists)).Sum(path => new FileInfo(path).Length), 1, 1500);
    }

    [Fact]
    public void A_folder_that_is_no_day_is_left_alone()
    {
        string stray = Directory.CreateDirectory(Path.Combine(Data.Path, "logs", "2026", "13", "01")).FullName;
        string file = Path.Combine(stray, "gateway.jsonl");
        File.WriteAllText(file, "{}\n");
        using (Logger log = Open())
        {
            log.Information("line");
        }

        Assert.True(File.Exists(file));
        Assert.Empty(Data.LogDays());
    }

    [Fact]
    public async Task A_full_disk_parts_no_line_and_logging_goes_on_when_there_is_room()
    {
        await using SmallDisk disk = await SmallDisk.StartAsync(bytes: 64 << 10);
        var data = new DataFolder(Path.Combine(disk.Folder, "data"));
        string ballast = Path.Combine(disk.Folder, "ballast");
        string path = Path.Combine(data.ProcessLogs, "gateway.jsonl");
        const int Lines = 2000;
        using (Logger log = new LoggerConfiguration()
            .ToFiles(data, "gateway", Small with { FileBytes = 1 << 20 }, [Main], _time).CreateLogger())
        {
            log.Information("line {Number}", 0);
            await File.WriteAllBytesAsync(ballast, new byte[32 << 10], TestContext.Current.CancellationToken);
            for (int line = 1; line < Lines; line++)
            {
                log.Information("line {Number}", line);
            }

            File.Delete(ballast);
            log.Information("line {Number}", Lines);
        }

        int[] kept = [.. LinesOf(path).Select(line => line.GetProperty("Number").GetInt32())];
        Assert.InRange(kept.Length, 3, Lines - 1);
        Assert.Equal([.. Enumerable.Range(0, kept.Length - 1), Lines], kept);
    }

    private Logger Open(LogFilesConfiguration? limits = null) => new LoggerConfiguration()
        .ToFiles(Data, "gateway", limits ?? Small, [Main], _time).CreateLogger();

    private string[] Rolled() =>
        [.. Directory.EnumerateFiles(Data.ProcessLogs, "gateway-2026*").Order(StringComparer.Ordinal)];

    private static List<JsonElement> LinesOf(string path)
    {
        using Stream file = File.OpenRead(path);
        using Stream plain = path.EndsWith(".gz", StringComparison.Ordinal)
            ? new GZipStream(file, CompressionMode.Decompress)
            : file;
        using var reader = new StreamReader(plain);
        return
        [
            .. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonDocument.Parse(line).RootElement),
        ];
    }
}
