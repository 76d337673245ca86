using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Engine.Orders;
using Oms.Engine.State;

namespace Oms.Engine.Risk;

/// <summary>
/// Takes in limits, and divides those that hold over all shards: the lead grants parts of a limit to the
/// other shards and takes them back, by logged messages; a shard checks its own part alone, and the parts
/// never sum above the limit.
/// </summary>
internal sealed class LimitBook(EngineState state, Outbox outbox, Reservations reservations)
{
    /// <summary>Takes limits in, and answers those that somebody set.</summary>
    public void Define(in LimitsDefined limits)
    {
        AccountState? account = state.FindAccount(limits.Header.AccountId);
        long known = VersionOf(in limits, account);
        bool isApplied = limits.Version < known || TryDefine(in limits, account);
        if (limits.Version == 0)
        {
            return;
        }

        outbox.Add(new LimitsChanged
        {
            Header = limits.Scope is LimitScope.Account or LimitScope.Instrument && account is not null
                ? outbox.Event<LimitsChanged>(account)
                : outbox.Event<LimitsChanged>(AccountId.None),
            Scope = limits.Scope,
            IsApplied = isApplied ? (byte)1 : (byte)0,
            Group = limits.Group,
            InstrumentId = limits.InstrumentId,
            Version = Math.Max(known, limits.Version),
        });
    }

    private long VersionOf(in LimitsDefined limits, AccountState? account) => limits.Scope switch
    {
        LimitScope.Account => account?.Limits.Version ?? 0,
        LimitScope.Instrument when account is not null
            && state.FindInstrument(limits.InstrumentId) is { } instrument => Held(account, instrument),
        LimitScope.Group => state.FindGroup(limits.Group)?.Limits.Version ?? 0,
        LimitScope.Firm => state.Firm.Limits.Version,
        _ => 0,
    };

    private long Held(AccountState account, InstrumentState instrument) =>
        state.TryHold(account, instrument)?.Limits.Version ?? 0;

    private bool TryDefine(in LimitsDefined limits, AccountState? account)
    {
        switch (limits.Scope)
        {
            case LimitScope.Account when account is not null:
                account.Limits = limits;
                account.Rate.Resize(in limits);
                reservations.AdjustMargins(account);
                return true;
            case LimitScope.Instrument when account is not null
                && state.FindInstrument(limits.InstrumentId) is { } instrument
                && state.TryHold(account, instrument) is { } holding:
                holding.Limits = limits;
                return true;
            case LimitScope.Group when limits.Group != state.Firm.Id && MayBeNamed(in limits):
                state.Group(limits.Group).Limits = limits;
                return true;
            case LimitScope.Firm:
                state.Firm.Limits = limits;
                return true;
            case LimitScope.Account or LimitScope.Instrument or LimitScope.Group:
            default:
                return false;
        }
    }

    /// <summary>Configuration makes groups; somebody who sets limits names one that there is.</summary>
    private bool MayBeNamed(in LimitsDefined limits) =>
        limits.Version == 0 || state.FindGroup(limits.Group) is not null;

    /// <summary>On the lead: grants what is left of a limit that is set, at most what is asked for.</summary>
    public void Apply(in RequestAllotment request)
    {
        if (!IsOther(request.Shard) || state.FindGroup(request.Group) is not { } group)
        {
            return;
        }

        Allotment known = group.Allotments.GetValueOrDefault(request.Shard);
        if (request.Number > known.Number && request.Amount > 0)
        {
            Int128 left = group.LimitsRef.PositionValueMax - (Int128)group.Granted - group.Value;
            long granted = PartOf(group, left, request.Amount);
            known = new(known.Amount + granted, request.Number, granted);
            group.Granted += granted;
            group.Allotments[request.Shard] = known;
        }

        if (request.Number == known.Number)
        {
            outbox.Add(new AllotmentDecided
            {
                Header = outbox.Event<AllotmentDecided>(AccountId.None),
                Shard = request.Shard,
                Group = request.Group,
                Number = request.Number,
                Amount = known.Answer,
            });
        }
    }

    /// <summary>On another shard: the lead's grant.</summary>
    public void Apply(in GrantAllotment grant)
    {
        if (!IsOwn(grant.Shard) || state.FindGroup(grant.Group) is not { } group)
        {
            return;
        }

        Allotment known = group.Allotments.GetValueOrDefault(grant.Shard);
        bool isNew = grant.Number > known.Number && grant.Amount >= 0;
        if (isNew && Amounts.CanBeAdded(grant.Amount, group.Granted))
        {
            group.Granted += grant.Amount;
            group.Allotments[grant.Shard] = new(group.Granted, grant.Number, grant.Amount);
        }
    }

    /// <summary>On another shard: gives back what no position or order needs.</summary>
    public void Apply(in ReturnAllotment request)
    {
        if (!IsOwn(request.Shard) || state.FindGroup(request.Group) is not { } group)
        {
            return;
        }

        Allotment known = group.Allotments.GetValueOrDefault(request.Shard);
        if (request.Number > known.Number && request.Amount > 0)
        {
            long returned = PartOf(group, group.Granted - group.Value, request.Amount);
            group.Granted -= returned;
            known = new(group.Granted, request.Number, returned);
            group.Allotments[request.Shard] = known;
        }

        if (request.Number == known.Number)
        {
            outbox.Add(new AllotmentReturned
            {
                Header = outbox.Event<AllotmentReturned>(AccountId.None),
                Shard = request.Shard,
                Group = request.Group,
                Number = request.Number,
                Amount = known.Answer,
            });
        }
    }

    /// <summary>On the lead: a shard has given back.</summary>
    public void Apply(in ReclaimAllotment reclaim)
    {
        if (!IsOther(reclaim.Shard) || state.FindGroup(reclaim.Group) is not { } group)
        {
            return;
        }

        Allotment known = group.Allotments.GetValueOrDefault(reclaim.Shard);
        bool isNew = reclaim.Number > known.Number;
        if (isNew && reclaim.Amount >= 0 && reclaim.Amount <= known.Amount)
        {
            group.Granted -= reclaim.Amount;
            group.Allotments[reclaim.Shard] = new(known.Amount - reclaim.Amount, reclaim.Number, 0);
        }
    }

    /// <summary>What can be given away of a limit: nothing while it is not known how much of it is used.</summary>
    private static long PartOf(GroupState group, Int128 left, long asked) =>
        group.UnvaluedHoldings > 0 ? 0 : (long)Int128.Clamp(left, 0, asked);

    private bool IsOther(int shard) => state.IsLead && shard != state.Shard && shard is >= 0 and <= OrderId.ShardMax;

    private bool IsOwn(int shard) => !state.IsLead && shard == state.Shard;
}
