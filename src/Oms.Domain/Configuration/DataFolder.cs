using System.Globalization;
using Oms.Domain.Accounts;

namespace Oms.Domain.Configuration;

/// <summary>
/// Where a deployment keeps what it must not forget. One place that knows the paths:
/// <code>
/// fastpath/log/          the log
/// fastpath/snapshots/    the engine's state at some records of it
/// fastpath/checkpoints/  how far each of its consumers is
/// run/                   pids, password of nats-server, identities, token, tls/
/// keys/                  exchange keys
/// nats/  simulator/      the stores of those two
/// logs/processes/        what processes print
/// logs/audit/            who changed what, when and from where
/// logs/2026/01/31/{exchange}/{account}/trades.jsonl, and what each process logged of the account
/// snapshots/2026/01/31/14/{exchange}/{account}/state.json
/// reports/2026/01/{exchange}/{account}/pnl.csv
/// transfers/2026/01/transfers.jsonl
/// </code>
/// </summary>
public sealed class DataFolder(string path)
{
    public string Path { get; } = System.IO.Path.GetFullPath(path);

    public string Log => In("fastpath", "log");

    public string Snapshots => In("fastpath", "snapshots");

    public string Checkpoints => In("fastpath", "checkpoints");

    public string Run => In("run");

    public string Tls => In("run", "tls");

    /// <summary>Password of the user <c>oms</c> on nats-server, one line, mode 0600.</summary>
    public string NatsPasswordFile => In("run", "nats.password");

    /// <summary>Who may call the gateway: names, hashed tokens, certificate fingerprints, grants.</summary>
    public string IdentitiesFile => In("run", "identities.json");

    /// <summary>The operator's token, one line, mode 0600.</summary>
    public string OperatorTokenFile => In("run", "operator.token");

    /// <summary>Exchange keys, encrypted under the passphrase, mode 0600.</summary>
    public string ExchangeKeysFile => In("keys", "exchange.keys");

    /// <summary>Passphrase of the exchange keys where it is kept beside them, one line, mode 0600.</summary>
    public string KeysPassphraseFile => In("keys", "passphrase");

    public string Nats => In("nats");

    public string Simulator => In("simulator");

    public string Silo => In("silo");

    public string ProcessLogs => In("logs", "processes");

    /// <summary>The audit log: hash-chained JSON lines, one file a day (UTC).</summary>
    public string Audit => In("logs", "audit");

    /// <summary>The folder of all accounts' files of a day (UTC).</summary>
    public string LogsOf(DateOnly day) => In("logs", $"{day:yyyy}", $"{day:MM}", $"{day:dd}");

    /// <summary>The folder of an account's files of a day (UTC).</summary>
    public string AccountLogs(AccountName account, DateOnly day) =>
        System.IO.Path.Combine(LogsOf(day), account.Exchange, account.Account);

    /// <summary>The days for which there are folders of accounts' files, the newest first.</summary>
    public IEnumerable<DateOnly> LogDays() =>
        from year in FoldersIn(In("logs"))
        from month in FoldersIn(year)
        from day in FoldersIn(month)
        let date = DayOf(System.IO.Path.GetRelativePath(In("logs"), day))
        where date is not null
        select date.Value;

    /// <summary>An account's state at the beginning of an hour (UTC).</summary>
    public string AccountSnapshot(AccountName account, DateTimeOffset time) => In(
        "snapshots", $"{time.UtcDateTime:yyyy}", $"{time.UtcDateTime:MM}", $"{time.UtcDateTime:dd}",
        $"{time.UtcDateTime:HH}", account.Exchange, account.Account, "state.json");

    /// <summary>The folder of an account's reports of a month (UTC).</summary>
    public string AccountReports(AccountName account, DateOnly month) =>
        In("reports", $"{month:yyyy}", $"{month:MM}", account.Exchange, account.Account);

    /// <summary>All transfers of a month (UTC), step by step.</summary>
    public string TransfersFile(int year, int month) =>
        In("transfers", $"{year:D4}", $"{month:D2}", "transfers.jsonl");

    private static IEnumerable<string> FoldersIn(string folder) =>
        Directory.Exists(folder)
            ? Directory.EnumerateDirectories(folder).OrderDescending(StringComparer.Ordinal)
            : [];

    /// <summary>Null where folders are not a day's.</summary>
    private static DateOnly? DayOf(string path) => DateOnly.TryParseExact(
        path, "yyyy'/'MM'/'dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day) ? day : null;

    private string In(params ReadOnlySpan<string> parts) => System.IO.Path.Combine([Path, .. parts]);
}
