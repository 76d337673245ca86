using System.Collections.Immutable;
using Microsoft.Extensions.Logging;

namespace Oms.Keys;

/// <summary>
/// The keys of one account in one market: which one signs, which one waits for its proof, and which ones the
/// exchange refused.
/// <code>
///  source ──► Keys (in order) ──► offered ──Proven──► Current ──► signs
///                 ▲                  │                   │
///                 └──── next one ◄───┴──── Refused ◄─────┘
/// </code>
/// The first key that was not refused should sign. Safe to call from any thread: the lock is held for a few
/// comparisons, never while somebody else's code runs.
/// </summary>
public sealed class AccountKeys : IDisposable
{
    private readonly Lock _lock = new();
    private readonly HashSet<ExchangeKey> _refused = [];
    private readonly Action<bool> _wake;
    private readonly ILogger _logger;
    private ImmutableArray<ExchangeKey> _keys = [];
    private ExchangeKey? _current;
    private KeyRotation? _pending;
    private KeyStatus _read;
    private KeyStatus? _missed;
    private KeyStatus _told;
    private string _refusal = "";

    /// <param name="wake">Called when there is something to take; with true, the source should be read again
    /// first.</param>
    internal AccountKeys(KeyOwner owner, Action<bool> wake, ILogger logger)
    {
        (Owner, _wake, _logger) = (owner, wake, logger);
        _read = _told = new(owner, KeyStanding.Usable, "");
    }

    public KeyOwner Owner { get; }

    /// <summary>The key that signs now; null while the account has had none.</summary>
    public ExchangeKey? Current
    {
        get
        {
            lock (_lock)
            {
                return _current;
            }
        }
    }

    /// <summary>What the source had when it was read last, in the order of priority.</summary>
    public ImmutableArray<ExchangeKey> Keys
    {
        get
        {
            lock (_lock)
            {
                return _keys;
            }
        }
    }

    public KeyStatus Status
    {
        get
        {
            lock (_lock)
            {
                return CurrentStatus();
            }
        }
    }

    /// <summary>The exchange refuses a key that signs, or did: the next one in line is offered.</summary>
    /// <param name="reason">What the exchange said; goes into status and log.</param>
    public void Refused(ExchangeKey key, string reason)
    {
        lock (_lock)
        {
            if (key != _current || !_refused.Add(key))
            {
                return;
            }

            _refusal = $"the exchange refused {key}: {reason}";
        }

        Log.KeyRefused(_logger, key, reason);
        _wake(true);
    }

    /// <summary>Forgets what the exchange refused: keys are offered again, in their order.</summary>
    public void Retry()
    {
        lock (_lock)
        {
            _refused.Clear();
        }

        _wake(true);
    }

    public void Dispose()
    {
        lock (_lock)
        {
            foreach (ExchangeKey key in _keys)
            {
                key.Dispose();
            }

            _current?.Dispose();
            _pending?.Candidate.Dispose();
        }
    }

    public override string ToString() => $"keys of {Owner}";

    /// <summary>Takes what the source says now. A key that is known stays the object that it is.</summary>
    internal void Take(KeyReading reading)
    {
        lock (_lock)
        {
            if (reading.Status.Standing == KeyStanding.SourceUnavailable)
            {
                _missed = reading.Status;
                return;
            }

            (_read, _missed) = (reading.Status, null);
            if (reading.Status.Standing != KeyStanding.Usable)
            {
                return;
            }

            ImmutableArray<ExchangeKey> before = _keys;
            _keys = [.. reading.Keys.Select(key => Known(key, before))];
            _refused.Clear();
            foreach (ExchangeKey key in before)
            {
                DisposeUnlessHeld(key);
            }
        }
    }

    /// <summary>The source could not be read.</summary>
    internal void Miss(string reason)
    {
        lock (_lock)
        {
            _missed = new(Owner, KeyStanding.SourceUnavailable, reason);
        }
    }

    /// <summary>The source was read, and nothing changed.</summary>
    internal void Confirm()
    {
        lock (_lock)
        {
            _missed = null;
        }
    }

    /// <summary>Before anybody trades: the first key signs without proof.</summary>
    internal void Begin()
    {
        lock (_lock)
        {
            _current ??= _keys.FirstOrDefault();
        }
    }

    /// <summary>Whoever was offered a key is gone: it is offered again.</summary>
    internal void Withdraw()
    {
        lock (_lock)
        {
            ExchangeKey? candidate = _pending?.Candidate;
            _pending = null;
            DisposeUnlessHeld(candidate);
        }
    }

    /// <summary>What is to be offered now, once; null for nothing.</summary>
    internal KeyRotation? TakeOffer()
    {
        lock (_lock)
        {
            ExchangeKey? wanted = Wanted();
            if (_pending is not null || wanted is null || wanted == _current)
            {
                return null;
            }

            return _pending = new(this, _current, wanted);
        }
    }

    /// <summary>The status where it is another one than at the last call; null for none.</summary>
    internal KeyStatus? TakeStatus()
    {
        lock (_lock)
        {
            KeyStatus now = CurrentStatus();
            if (now == _told)
            {
                return null;
            }

            return _told = now;
        }
    }

    internal bool Conclude(KeyRotation rotation, string? refusal)
    {
        lock (_lock)
        {
            if (rotation != _pending)
            {
                return false;
            }

            _pending = null;
            if (refusal is null)
            {
                ExchangeKey? old = _current;
                _current = rotation.Candidate;
                DisposeUnlessHeld(old);
            }
            else
            {
                _ = _refused.Add(rotation.Candidate);
                _refusal = $"the exchange refused {rotation.Candidate}: {refusal}";
                DisposeUnlessHeld(rotation.Candidate);
            }
        }

        if (refusal is null)
        {
            Log.KeyProven(_logger, rotation.Candidate, rotation.Old);
        }
        else
        {
            Log.KeyRefused(_logger, rotation.Candidate, refusal);
        }

        _wake(refusal is not null);
        return true;
    }

    private ExchangeKey? Wanted() => _keys.FirstOrDefault(key => !_refused.Contains(key));

    private KeyStatus CurrentStatus()
    {
        bool signs = _current is not null && !_refused.Contains(_current);
        if (!signs && _read.Standing == KeyStanding.Usable && !_keys.IsEmpty)
        {
            // One that is not tried yet may turn it round: no news before that.
            return Wanted() is null ? new(Owner, KeyStanding.Refused, _refusal) : _told;
        }

        bool isSecondChoice = _read.Standing == KeyStanding.Usable && _keys.Any(_refused.Contains);
        return _missed ?? (isSecondChoice ? new(Owner, KeyStanding.Fallback, _refusal) : _read);
    }

    private ExchangeKey Known(ExchangeKey key, ImmutableArray<ExchangeKey> before)
    {
        ExchangeKey? known = before.FirstOrDefault(other => other.Is(key.Pair))
            ?? (_current?.Is(key.Pair) == true ? _current : null)
            ?? (_pending?.Candidate.Is(key.Pair) == true ? _pending.Candidate : null);
        if (known is null)
        {
            return key;
        }

        key.Dispose();
        return known;
    }

    private void DisposeUnlessHeld(ExchangeKey? key)
    {
        if (key is not null && key != _current && key != _pending?.Candidate && !_keys.Contains(key))
        {
            key.Dispose();
        }
    }
}
