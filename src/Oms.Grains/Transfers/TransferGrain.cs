using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Oms.Domain;
using Oms.Domain.Time;

namespace Oms.Grains.Transfers;

/// <summary>
/// A transfer's saga over FastPath. The intent is stored before FastPath hears of it; until FastPath's first event
/// comes back, a timer asks again, and after a death of the silo a reminder does. Everything after that,
/// FastPath's log carries through any death, and its events end here.
/// </summary>
internal sealed class TransferGrain : Grain, ITransferGrain, IRemindable
{
    private const string ReminderName = "unanswered";
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ReminderPeriod = TimeSpan.FromMinutes(1);

    private readonly IPersistentState<TransferState> _stored;
    private readonly ITransferDesk _desk;
    private readonly TimeProvider _time;
    private IGrainTimer? _asking;

    public TransferGrain(
        [PersistentState("transfer")] IPersistentState<TransferState> stored,
        ITransferDesk desk,
        [FromKeyedServices(GrainClock.Key)] TimeProvider time) =>
        (_stored, _desk, _time) = (stored, desk, time);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Invariant.Holds(_stored.State.Version <= TransferState.CurrentVersion);
        KeepAsking();
        return Task.CompletedTask;
    }

    public async Task<TransferView> Start(TransferOrder order)
    {
        if (_stored.State.Order is { } known)
        {
            return known == order
                ? View(known)
                : throw new ArgumentException(
                    $"transfer {this.GetPrimaryKeyString()} is of {known.Amount} {known.Asset} from {known.From} to "
                    + $"{known.To}", nameof(order));
        }

        // The reminder first: an intent that is stored is never forgotten.
        _ = await this.RegisterOrUpdateReminder(ReminderName, ReminderPeriod, ReminderPeriod);
        await Write(_stored.State with
        {
            Order = order,
            IntentUnixNanos = UnixNanos.Of(_time.GetUtcNow()).Value,
        });
        await Ask();
        KeepAsking();
        return View(order);
    }

    public async Task Apply(ImmutableArray<TransferUpdate> updates)
    {
        if (updates.IsEmpty || updates[^1].Sequence <= _stored.State.LastSequence)
        {
            return;
        }

        await Write(_stored.State.After(updates));
        await StopAsking();
    }

    public Task<TransferView?> GetView() =>
        Task.FromResult(_stored.State.Order is { } order ? View(order) : null);

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        if (_stored.State.IsUnanswered)
        {
            await Ask();
        }
        else
        {
            await StopAsking();
        }
    }

    private TransferView View(TransferOrder order) => new()
    {
        Id = this.GetPrimaryKeyString(),
        StateVersion = _stored.State.Version,
        Order = order,
        Status = _stored.State.Status,
        Reason = _stored.State.Steps.IsEmpty ? default : _stored.State.Steps[^1].Reason,
        LastSequence = _stored.State.LastSequence,
        Steps = _stored.State.Steps,
    };

    private async Task Write(TransferState state)
    {
        try
        {
            _stored.State = state;
            await _stored.WriteStateAsync();
        }
        catch
        {
            // The next activation begins from what is really stored.
            DeactivateOnIdle();
            throw;
        }
    }

    private async Task Ask()
    {
        TransferState state = _stored.State;
        if (state.Order is { } order)
        {
            // What is not taken now is asked again.
            _ = await _desk.TryAsk(this.GetPrimaryKeyString(), order, state.IntentUnixNanos);
        }
    }

    private void KeepAsking()
    {
        if (_stored.State.IsUnanswered)
        {
            _asking ??= this.RegisterGrainTimer(Ask, new() { DueTime = AskAgain, Period = AskAgain });
        }
    }

    private async Task StopAsking()
    {
        _asking?.Dispose();
        _asking = null;
        if (await this.GetReminder(ReminderName) is { } reminder)
        {
            await this.UnregisterReminder(reminder);
        }
    }
}
