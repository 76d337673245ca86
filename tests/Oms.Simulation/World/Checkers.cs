using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Simulation.Checks;
using Oms.Simulation.Checks.Exposures;

namespace Oms.Simulation.World;

/// <summary>The ten invariants, each where it can be checked: at every step, at rest, at the end.</summary>
internal sealed class Checkers(SimulatedRun run, Dice dice)
{
    private const int StepsPerCheck = 16;
    private const int StepsPerReplay = 700;
    private const int StepsPerCount = 1_500;

    private readonly FillConservation _fills = new(run.Exchange.Orders);
    private readonly InsideMatching _inside = new();
    private readonly IdempotentApplication _lives = new();
    private readonly TransfersOnce _transfers = new(run.History.TransfersAsked);
    private int _heard;

    public void AtStep()
    {
        for (; _heard < run.History.Events.Count; _heard++)
        {
            Hear(run.History.Events[_heard]);
        }

        if (run.Step % StepsPerCheck == 0)
        {
            LedgerZeroSum.Check(run.Exchange);
            ExposureBound.Check(run.Exchange.Orders, run.Transfers.All, PositionMaxOf);
            NoDuplicateOrder.Check(run.Exchange.Orders, run.History);
        }

        if (!run.FastPath.IsUp)
        {
            return;
        }

        NoLostOrder.Check(run.Exchange.Open, run.FastPath.Engine.State);
        _transfers.Check(run.Transfers.All, run.FastPath.Engine.State);
        if (run.Step % StepsPerCheck == 0)
        {
            LedgerZeroSum.Check(run.FastPath.Engine.View.LedgerSum);
        }

        if (run.Step % StepsPerReplay == 0)
        {
            ReplayDeterminism.Check(run.Data, run.FastPath.Parts.Head, run.FastPath.Engine.View.StateHash());
        }

        if (run.Step % StepsPerCount == 0)
        {
            CountExposure(isAtRest: false);
        }
    }

    private void Hear(byte[] said)
    {
        _fills.EndMoment(MessageBytes.Header(said).UnixNanos);
        switch (MessageBytes.Header(said).Kind)
        {
            case MessageKind.ExecutionReport:
                ref readonly ExecutionReport report = ref MessageBytes.As<ExecutionReport>(said);
                _fills.Hear(in report);
                _inside.Hear(in report);
                _lives.Hear(in report);
                break;
            case MessageKind.PositionChanged:
                _fills.Hear(in MessageBytes.As<PositionChanged>(said));
                break;
            case MessageKind.TransferReport:
                _fills.Hear(in MessageBytes.As<TransferReport>(said));
                _transfers.Hear(in MessageBytes.As<TransferReport>(said));
                break;
            case MessageKind.HaltChanged:
                _transfers.Hear(in MessageBytes.As<HaltChanged>(said));
                break;
            case MessageKind.BalanceChanged:
                TransfersOnce.Hear(in MessageBytes.As<BalanceChanged>(said));
                break;
            case MessageKind.DifferenceFound:
                _fills.Hear(in MessageBytes.As<DifferenceFound>(said));
                break;
            default:
                break;
        }
    }

    /// <summary>Faults stopped, and nothing happens any more.</summary>
    public void AtRest()
    {
        Convergence.Check(run.FastPath.Engine.State, run.Exchange);
        _inside.CheckEnd();
        run.Tally.Add("trade inside", _inside.Trades);
        CountExposure(isAtRest: true);
        _fills.CheckEnd(run.FastPath.Engine.State);
        NoLostOrder.CheckEnd(run.Exchange.Orders, run.History, run.FastPath.Engine.State);
        _transfers.CheckEnd(run.Transfers.All, run.FastPath.Engine.State);
    }

    /// <summary>From the log alone, and beside it what the engine says.</summary>
    private void CountExposure(bool isAtRest)
    {
        if (run.Setting.Desk.HasFutures)
        {
            ExposureCount count = ExposureCount.OfLog(
                run.Setting.Desk, run.Setting.HasFirmLimit, run.Data, run.FastPath.Parts.Head);
            ExposureComparison.Check(count, run.FastPath.Engine.State, isAtRest ? run.Exchange : null);
            ExposureBound.CheckCounted(run.Exchange.Orders, count, PositionMaxOf);
        }
    }

    private long PositionMaxOf(InstrumentId instrument) =>
        Venue.PositionMaxOf(instrument, run.Setting.Desk.HasFutures);

    /// <summary>No order lives any more.</summary>
    public void AtEnd()
    {
        _fills.CheckEnd(run.FastPath.Engine.State);
        _transfers.CheckEnd(run.Transfers.All, run.FastPath.Engine.State);
        ExposureBound.CheckEnd(run.FastPath.Engine.State);
        CountExposure(isAtRest: true);
        SafetyGates.Check(run.Exchange.Orders, run.History);
        ReplayDeterminism.Check(run.Data, run.FastPath.Parts.Head, run.FastPath.Engine.View.StateHash());
        List<byte[]> inputs = ReplayDeterminism.Inputs(run.Data, run.FastPath.Parts.Head);
        CheckIsolation(inputs);
        IdempotentApplication.CheckEnd(run.FastPath.Engine, inputs, dice);
        run.FastPath.Parts.Copier.Drain();
        string copy = Path.Combine(run.Data.Path, "copy");
        ReplayDeterminism.CheckFlippedByte(run.Data.Log, copy, dice);
        ReplayDeterminism.CheckTornTail(run.Data.Log, copy, dice);
    }

    /// <summary>
    /// What accounts share by design is no interference. Under a limit of the firm each depends on what all others
    /// hold, and there is nothing to compare. The room for transfers is shared too: where some were forgotten to make
    /// it, or refused for want of it, those can be left out that have none, and the rest has to come to the same.
    /// </summary>
    private void CheckIsolation(IReadOnlyList<byte[]> inputs)
    {
        string without = dice.Pick(run.Setting.Desk.Accounts.Select(Venue.PartOf).Distinct().ToArray());
        bool isRoomShared = run.FastPath.Engine.State.Transfers.ForgottenIntentUnixNanos != 0
            || run.History.Of<TransferReport>().Any(report => report.Reason == RejectReason.TransferStoreFull);
        if (run.Setting.HasFirmLimit)
        {
            run.Tally.Add("isolation not checked: a limit of the firm");
            return;
        }

        without = isRoomShared ? Venue.PartOf(run.Setting.Desk.Inside[0]) : without;
        run.Tally.Add(isRoomShared ? "isolation of who has no transfers checked" : "isolation of anybody checked");
        AccountIsolation.Check(inputs, without);
    }
}
