using System.Security.Cryptography;
using Oms.ExchangeSimulator.Exchange;

namespace Oms.ExchangeSimulator.Binance.Futures;

/// <summary>The keys under which accounts listen to their user data; one per account, for an hour at a time.</summary>
internal sealed class ListenKeys(TimeProvider clock)
{
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(60);

    private const int KeyLength = 64;
    private const string KeyCharacters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private readonly Lock _gate = new();
    private readonly Dictionary<Account, Entry> _keys = [];

    /// <summary>The account's key, a new one where it has none, for another hour.</summary>
    public string Open(Account account)
    {
        lock (_gate)
        {
            string key = Find(account)?.Key ?? RandomNumberGenerator.GetString(KeyCharacters, KeyLength);
            _keys[account] = new Entry(key, clock.GetTimestamp());
            return key;
        }
    }

    /// <summary>Makes the account's key live for another hour; null when it has none.</summary>
    public string? Extend(Account account)
    {
        lock (_gate)
        {
            if (Find(account) is not { } entry)
            {
                return null;
            }

            _keys[account] = entry with { SinceTimestamp = clock.GetTimestamp() };
            return entry.Key;
        }
    }

    /// <summary>The key is no longer one; null when there was none.</summary>
    public string? Close(Account account)
    {
        lock (_gate)
        {
            return _keys.Remove(account, out Entry? entry) ? entry.Key : null;
        }
    }

    /// <summary>Whose key it is; null when it is nobody's.</summary>
    public Account? AccountOf(string key)
    {
        lock (_gate)
        {
            return _keys.FirstOrDefault(pair => pair.Value.Key == key && IsLive(pair.Value)).Key;
        }
    }

    /// <summary>Removes those whose hour is over.</summary>
    public IReadOnlyList<(Account Account, string Key)> TakeExpired()
    {
        lock (_gate)
        {
            List<(Account, string)> expired =
                [.. _keys.Where(pair => !IsLive(pair.Value)).Select(pair => (pair.Key, pair.Value.Key))];
            foreach ((Account account, _) in expired)
            {
                _ = _keys.Remove(account);
            }

            return expired;
        }
    }

    private Entry? Find(Account account) =>
        _keys.TryGetValue(account, out Entry? entry) && IsLive(entry) ? entry : null;

    private bool IsLive(Entry entry) => clock.GetElapsedTime(entry.SinceTimestamp) < Life;

    private sealed record Entry(string Key, long SinceTimestamp);
}
