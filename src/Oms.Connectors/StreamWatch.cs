using Microsoft.Extensions.Logging;
using Oms.Domain.Accounts;
using Oms.Domain.Ids;
using Oms.Domain.Messages;

namespace Oms.Connectors;

/// <summary>
/// Holds private streams against what the exchange answered: whoever got an answer about an order is told of it on the
/// stream too. A stream that says nothing, and looks alive, is made anew; evidence tells what it kept.
/// </summary>
internal sealed class StreamWatch(
    Func<AccountId, AccountName> nameOf, Action<AccountId> doubt, TimeProvider time, ILogger logger)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Word, long> _awaited = [];
    private readonly Dictionary<Word, long> _heard = [];
    private TaskCompletionSource? _nextEnd;

    /// <summary>
    /// Completes with the next order of which a stream says that it has ended; taken before the look at those that did.
    /// </summary>
    public Task NextEnd
    {
        get
        {
            lock (_gate)
            {
                _nextEnd ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
                return _nextEnd.Task;
            }
        }
    }

    /// <summary>The exchange answered; its stream may have said so before.</summary>
    public void Answered(in OrderSeen order)
    {
        Word word = WordOf(in order);
        lock (_gate)
        {
            if (!_heard.ContainsKey(word) && !_heard.ContainsKey(word with { IsLast = true }))
            {
                _ = _awaited.TryAdd(word, time.GetTimestamp());
            }
        }
    }

    /// <summary>The stream speaks of an order. Its last word stands for those before it.</summary>
    public void Heard(in OrderSeen order)
    {
        Word word = WordOf(in order);
        lock (_gate)
        {
            _heard[word] = time.GetTimestamp();
            _ = _awaited.Remove(word);
            if (word.IsLast)
            {
                _ = _awaited.Remove(word with { IsLast = false });
                _nextEnd?.SetResult();
                _nextEnd = null;
            }
        }
    }

    /// <summary>Whether the stream lately said that an order has ended.</summary>
    public bool HasEnded(in SubmitCancel cancel)
    {
        var word = new Word(cancel.Header.AccountId, cancel.InstrumentId, cancel.ExchangeOrderId, IsLast: true);
        lock (_gate)
        {
            return _heard.ContainsKey(word);
        }
    }

    /// <summary>A stream came up or went down: what it did not say, evidence does.</summary>
    public void Changed(AccountId account)
    {
        lock (_gate)
        {
            Forget(_awaited, word => word.Account == account);
        }
    }

    public async Task Run(CancellationToken cancellation)
    {
        using var looks = new PeriodicTimer(ConnectorLimits.StreamLookInterval, time);
        while (await looks.WaitForNextTickAsync(cancellation))
        {
            Look();
        }
    }

    /// <summary>Doubts each stream that has owed a word for too long.</summary>
    internal void Look()
    {
        Word[] late;
        lock (_gate)
        {
            late = [.. _awaited.Where(each => IsOld(each.Value)).Select(each => each.Key)];
            Forget(_awaited, word => late.Any(each => each.Account == word.Account));
            Forget(_heard, word => IsOld(_heard[word]));
        }

        foreach (Word word in late.DistinctBy(word => word.Account))
        {
            Log.StreamKeepsSilent(logger, nameOf(word.Account), word.ExchangeOrderId);
            doubt(word.Account);
        }
    }

    private bool IsOld(long since) => time.GetElapsedTime(since) > ConnectorLimits.StreamWordAgeMax;

    private static Word WordOf(in OrderSeen order) => new(
        order.Header.AccountId, order.InstrumentId, order.ExchangeOrderId,
        order.Status is not (ExchangeOrderStatus.New or ExchangeOrderStatus.PartiallyFilled));

    private static void Forget(Dictionary<Word, long> words, Func<Word, bool> isMeant)
    {
        foreach (Word word in words.Keys.Where(isMeant).ToList())
        {
            _ = words.Remove(word);
        }
    }

    /// <summary>Exchange order ids are unique within an instrument.</summary>
    private readonly record struct Word(
        AccountId Account, InstrumentId Instrument, long ExchangeOrderId, bool IsLast);
}
