using System.Collections.Concurrent;
using Oms.Domain.Accounts;
using Oms.Domain.Messages;
using Oms.Keys;
using Oms.SharedMemory.Health;

namespace Oms.Connectors;

/// <summary>
/// How the process is: ready when every private stream is up and every book is valid, degraded with the first
/// thing that is not; what is only unwise is said of a process that is ready. Streams and books say how they are; the
/// ring thread says it to the world.
/// </summary>
internal sealed class ConnectorHealth(HealthFile file)
{
    private readonly ConcurrentDictionary<AccountName, StreamState> _streams = new();
    private readonly ConcurrentDictionary<string, bool> _books = new();
    private readonly ConcurrentDictionary<KeyOwner, string> _keys = new();
    private readonly ConcurrentDictionary<KeyOwner, string> _warnings = new();
    private readonly ConcurrentDictionary<AccountName, string> _settings = new();
    private (ProcessState State, string Detail) _said;

    public void SetStream(AccountName account, StreamState state) => _streams[account] = state;

    public void SetBook(string symbol, bool isValid) => _books[symbol] = isValid;

    /// <param name="problem">Why an account cannot trade with its keys; empty where it can.</param>
    public void SetKeys(KeyOwner owner, string problem) => _keys[owner] = problem;

    /// <param name="difference">What of an account is not set as configured; empty for nothing.</param>
    public void SetSettings(AccountName account, string difference) => _settings[account] = difference;

    /// <param name="warning">What is unwise about the keys that an account trades with; empty for nothing.</param>
    /// <returns>Whether it is another than before.</returns>
    public bool SetWarning(KeyOwner owner, string warning)
    {
        bool isNews = _warnings.GetValueOrDefault(owner, "") != warning;
        _warnings[owner] = warning;
        return isNews;
    }

    /// <summary>Says that the process lives, and how it is when that changed.</summary>
    public void BeatAndTell()
    {
        (ProcessState State, string Detail) now = Judge();
        if (now == _said)
        {
            file.Beat();
        }
        else
        {
            Say(now.State, now.Detail);
        }
    }

    public void Say(ProcessState state, string detail)
    {
        _said = (state, detail);
        file.Say(state, detail);
    }

    /// <summary>For what is waited for before the ring thread runs, and beats.</summary>
    public IAsyncDisposable KeepBeating(TimeProvider time) => file.KeepBeating(time);

    private (ProcessState State, string Detail) Judge()
    {
        foreach ((KeyOwner owner, string problem) in _keys)
        {
            if (problem.Length > 0)
            {
                return (ProcessState.Degraded, $"keys of {owner}: {problem}");
            }
        }

        foreach ((AccountName account, string difference) in _settings)
        {
            if (difference.Length > 0)
            {
                return (ProcessState.Degraded, $"{account}: {difference}");
            }
        }

        foreach ((AccountName account, StreamState state) in _streams)
        {
            if (state != StreamState.Up)
            {
                return (ProcessState.Degraded, $"private stream of {account} is down");
            }
        }

        foreach ((string symbol, bool isValid) in _books)
        {
            if (!isValid)
            {
                return (ProcessState.Degraded, $"no valid book of {symbol}");
            }
        }

        KeyValuePair<KeyOwner, string>[] warnings = [.. _warnings.Where(warning => warning.Value.Length > 0)];
        return (
            ProcessState.Ready,
            warnings.Length == 0 ? "" : $"{warnings.Length} keys, that of {warnings[0].Key}: {warnings[0].Value}");
    }
}
