using System.Collections.Concurrent;
using Oms.Domain.Ids;
using Oms.Domain.Messages;

namespace Oms.Gateway.Events;

/// <summary>
/// The first and the last sequence of each account that the log held, and where in the log its sequences
/// are found, roughly. The event pump writes, any thread reads.
/// </summary>
internal sealed class AccountSequences
{
    /// <summary>Every how many sequences of an account their place in the log is kept.</summary>
    public const int MarkEvery = 1024;

    private readonly ConcurrentDictionary<AccountId, Marks> _accounts = new();

    public void Note(in MessageHeader header)
    {
        if (!header.AccountId.IsNone && header.AccountSequence > 0)
        {
            _accounts.GetOrAdd(header.AccountId, _ => new())
                .Note(header.AccountSequence, header.LogSequence, header.UnixNanos);
        }
    }

    /// <summary>0 when the account had no event yet.</summary>
    public long LastOf(AccountId account) =>
        _accounts.TryGetValue(account, out Marks? marks) ? marks.Last : 0;

    /// <summary>When it had its last event; 0 when it had none yet.</summary>
    public long LastNanosOf(AccountId account) =>
        _accounts.TryGetValue(account, out Marks? marks) ? marks.LastNanos : 0;

    /// <summary>What is older is not in the log any more; 1 when the account had no event yet.</summary>
    public long FirstOf(AccountId account) =>
        _accounts.TryGetValue(account, out Marks? marks) ? marks.First : 1;

    /// <summary>A log sequence behind which every event with a greater sequence of the account is.</summary>
    public long LogSequenceBefore(AccountId account, long sequence) =>
        _accounts.TryGetValue(account, out Marks? marks) ? marks.LogSequenceBefore(sequence) : 0;

    private sealed class Marks
    {
        private readonly Lock _lock = new();
        private readonly List<(long Sequence, long LogSequence)> _marks = [];
        private long _first;
        private long _last;
        private long _lastNanos;

        public long First => Volatile.Read(ref _first);

        public long Last => Volatile.Read(ref _last);

        public long LastNanos => Volatile.Read(ref _lastNanos);

        public void Note(long sequence, long logSequence, long unixNanos)
        {
            if (_first == 0)
            {
                Add(sequence - 1, logSequence - 1);
                Volatile.Write(ref _first, sequence);
            }

            Volatile.Write(ref _last, sequence);
            Volatile.Write(ref _lastNanos, unixNanos);
            if (sequence % MarkEvery == 0)
            {
                Add(sequence, logSequence);
            }
        }

        public long LogSequenceBefore(long sequence)
        {
            lock (_lock)
            {
                int index = _marks.FindLastIndex(mark => mark.Sequence <= sequence);
                return index < 0 ? 0 : _marks[index].LogSequence;
            }
        }

        private void Add(long sequence, long logSequence)
        {
            lock (_lock)
            {
                _marks.Add((sequence, logSequence));
            }
        }
    }
}
