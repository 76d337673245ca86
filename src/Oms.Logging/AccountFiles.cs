using Oms.Domain.Accounts;
using Oms.Domain.Configuration;

namespace Oms.Logging;

/// <summary>
/// What a process logs of each account, once more in the account's folder of the day:
/// <c>logs/2026/01/31/{exchange}/{account}/gateway.jsonl</c>. One thread at a time writes.
/// </summary>
internal sealed class AccountFiles(
    DataFolder data, string role, long bytesMax, IEnumerable<AccountName> accounts, LogArchive archive) : IDisposable
{
    private readonly Dictionary<string, AccountName> _accounts = accounts.ToDictionary(name => name.ToString());
    private readonly Dictionary<AccountName, RollingFile> _files = [];
    private DateOnly _day;

    /// <summary>Nothing where there is no such account.</summary>
    /// <exception cref="IOException">The disk does not take it.</exception>
    public void Write(string account, ReadOnlySpan<byte> line, DateOnly today)
    {
        if (!_accounts.TryGetValue(account, out AccountName name))
        {
            return;
        }

        if (today > _day)
        {
            EndDay();
            _day = today;
        }

        if (!_files.TryGetValue(name, out RollingFile? file))
        {
            file = new(data.AccountLogs(name, _day), role, bytesMax, archive);
            _files.Add(name, file);
        }

        file.Write(line, _day);
    }

    public void Dispose()
    {
        foreach (RollingFile file in _files.Values)
        {
            file.Dispose();
        }

        _files.Clear();
    }

    private void EndDay()
    {
        foreach ((AccountName account, RollingFile file) in _files)
        {
            file.Dispose();
            archive.Take(Path.Combine(data.AccountLogs(account, _day), LogFileName.Current(role)));
        }

        _files.Clear();
    }
}
