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
        Assert.Equal("gateway-20260130-001.jsonl.gz", Path.GetFileName(rolled[0]));
        Assert.Equal(
            Enumerable.Range(0, 50),
            rolled.Append(Path.Combine(Data.ProcessLogs, "gateway.jsonl")).SelectMany(Lines)
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
        Assert.Equal(3, Lines(Assert.Single(Rolled())).Count);
        _ = Assert.Single(Lines(Path.Combine(Data.ProcessLogs, "gateway.jsonl")));
        JsonElement line = Assert.Single(Lines(Path.Combine(Data.AccountLogs(Main, first), "gateway.jsonl.gz")));
        Assert.Equal(7, line.GetProperty("OrderId").GetInt32());
        Assert.False(File.Exists(Path.Combine(Data.AccountLogs(Main, first), "gateway.jsonl")));
        _ = Assert.Single(Lines(Path.Combine(Data.AccountLogs(Main, first.AddDays(1)), "gateway.jsonl")));
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
        string torn = Path.Combine(Data.ProcessLogs, "gateway-20260130-005.jsonl");
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
    public void Of_too_many_bytes_the_oldest_file_goes_first()
    {
        using (Logger log = Open(Small with { BytesKept = 1500 }))
        {
            for (int line = 0; line < 400; line++)
            {
                log.Information("line {Number}", line);
            }
        }

        Assert.InRange(Rolled().Sum(path => new FileInfo(path).Length), 1, 1500);
        Assert.Equal(
            399,
            Rolled().Append(Path.Combine(Data.ProcessLogs, "gateway.jsonl")).SelectMany(Lines)
                .Max(line => line.GetProperty("Number").GetInt32()));
    }

    private Logger Open(LogFilesConfiguration? limits = null) => new LoggerConfiguration()
        .ToFiles(Data, "gateway", limits ?? Small, [Main], _time).CreateLogger();

    private string[] Rolled() =>
        [.. Directory.EnumerateFiles(Data.ProcessLogs, "gateway-2026*").Order(StringComparer.Ordinal)];

    private static List<JsonElement> Lines(string path)
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
