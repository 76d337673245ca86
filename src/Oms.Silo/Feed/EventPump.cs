using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using NATS.Client.Core;
using Oms.Domain;
using Oms.Domain.Accounts;
using Oms.Domain.Configuration;
using Oms.Domain.Messages;
using Oms.Journal;
using Oms.Journal.Checkpoints;
using Oms.SharedMemory.Rings;
using Oms.Silo.Text;
using Orleans.Storage;

namespace Oms.Silo.Feed;

/// <summary>
/// Brings every event into every sink. There is one way to begin, at a start as after any failure: ask the
/// sinks what they hold, read the log from the first event that one of them lacks, and let each skip what it
/// has.
/// </summary>
/// <param name="throwIfLapsed">Throws an <see cref="IOException"/> while another may have the right to feed.</param>
internal sealed class EventPump(
    LiveEvents live,
    DataFolder data,
    CheckpointFile checkpoints,
    ImmutableArray<AccountName> configuredAccounts,
    ImmutableArray<IEventSink> sinks,
    ImmutableArray<ILogSink> logSinks,
    EventNames names,
    FeedState state,
    Action throwIfLapsed,
    ILogger<EventPump> logger)
{
    public const int BatchEventsMax = 8192;
    public static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMilliseconds(250);

    private readonly CheckpointFolder _consumed = new(data.Checkpoints);
    private readonly HashSet<AccountName> _resumed = [];
    private readonly Dictionary<AccountName, long> _lastSequences = [];

    /// <summary>Returns when it is canceled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                await FeedAsync(cancellation);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) when (MayPass(failure))
            {
                if (state.Failure.Length == 0)
                {
                    Log.FeedInterrupted(logger, state.LastDeliveredLogSequence, failure);
                }

                state.Fail(failure.Message);
                await Task.Delay(PauseAfterFailure, cancellation)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>What a server, a disk or a moment is to blame for. Anything else ends the process.</summary>
    private static bool MayPass(Exception failure) => failure
        is NatsException or TimeoutException or IOException or OperationCanceledException
        or SinkBehindException or NameUnknownException or OrleansException or JetStreamStorageException
        or LogTruncatedException;

    private async Task FeedAsync(CancellationToken cancellation)
    {
        long afterLogSequence = await ResumeAsync(cancellation);
        // From now on, the log keeps what is read from here.
        _consumed.Write(RingTopology.SiloConsumer, afterLogSequence);
        var reader = EventReader.Start(live, data.Log, afterLogSequence, state);
        try
        {
            state.Resume(afterLogSequence);
            Log.FeedResumed(logger, afterLogSequence);
            while (await reader.Events.WaitToReadAsync(cancellation))
            {
                await DeliverAsync(reader, cancellation);
            }
        }
        finally
        {
            await reader.StopAsync();
        }
    }

    private async Task<long> ResumeAsync(CancellationToken cancellation)
    {
        _resumed.Clear();
        _lastSequences.Clear();
        Checkpoint checkpoint = checkpoints.Read();
        long afterLogSequence = checkpoint.LogSequence;
        foreach (AccountName account in configuredAccounts.Union(checkpoint.Accounts))
        {
            _ = _resumed.Add(account);
            foreach (IEventSink sink in sinks)
            {
                long checkpointed = checkpoint.HeldBy(sink, account);
                long held = await sink.ResumeAsync(account, checkpointed, cancellation);
                if (held < checkpointed)
                {
                    Log.SinkBehindCheckpoint(logger, sink.Name, account, held, checkpointed);
                    afterLogSequence = 0;
                }
            }
        }

        foreach (ILogSink sink in logSinks)
        {
            long held = await sink.ResumeAsync(cancellation);
            if (held < checkpoint.LogHeld.GetValueOrDefault(sink.Name))
            {
                Log.LogSinkBehindCheckpoint(logger, sink.Name, held);
                afterLogSequence = Math.Min(afterLogSequence, held);
            }
        }

        return afterLogSequence;
    }

    private async Task DeliverAsync(EventReader reader, CancellationToken cancellation)
    {
        var byAccount = new Dictionary<AccountName, AccountEvents>();
        var events = new List<byte[]>();
        (long lastLogSequence, long lastUnixNanos) = (0, 0);
        for (int count = 0; count < BatchEventsMax && reader.Events.TryRead(out byte[]? message); count++)
        {
            MessageHeader header = MessageBytes.Header(message);
            (lastLogSequence, lastUnixNanos) = (header.LogSequence, header.UnixNanos);
            events.Add(message);
            if (header.AccountSequence > 0)
            {
                Add(byAccount, names.AccountOf(header.AccountId), message);
            }
        }

        AccountEvents[] batch = [.. byAccount.Values];
        await ResumeNewAccountsAsync(batch, cancellation);
        foreach (IEventSink sink in sinks)
        {
            throwIfLapsed();
            await sink.DeliverAsync(batch, cancellation);
        }

        foreach (ILogSink sink in logSinks)
        {
            await sink.DeliverAsync(events, lastLogSequence, cancellation);
        }

        checkpoints.Write(Checkpoint.Of(lastLogSequence, sinks, logSinks, _resumed));
        _consumed.Write(RingTopology.SiloConsumer, lastLogSequence);
        state.Deliver(lastLogSequence, lastUnixNanos);
    }

    private void Add(Dictionary<AccountName, AccountEvents> byAccount, AccountName account, byte[] message)
    {
        long sequence = MessageBytes.Header(message).AccountSequence;
        Invariant.Holds(!_lastSequences.TryGetValue(account, out long last) || sequence == last + 1);
        _lastSequences[account] = sequence;
        if (!byAccount.TryGetValue(account, out AccountEvents? events))
        {
            events = new(account);
            byAccount.Add(account, events);
        }

        events.Add(message);
    }

    /// <summary>Accounts that the log knows and the configuration does not, or not any more.</summary>
    private async Task ResumeNewAccountsAsync(AccountEvents[] batch, CancellationToken cancellation)
    {
        foreach (AccountName account in batch.Select(events => events.Account).Where(_resumed.Add))
        {
            foreach (IEventSink sink in sinks)
            {
                _ = await sink.ResumeAsync(account, 0, cancellation);
            }
        }
    }
}
