using System.Collections.Frozen;
using Oms.Domain.Configuration;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Numbers;
using Oms.Domain.Time;
using Oms.Grains.Risk;
using Oms.SharedMemory.Tables;

namespace Oms.Silo.Control;

/// <summary>Limits as FastPath takes them: numbers for names, mantissas for decimals.</summary>
internal sealed class LimitMessages(ListingDirectory listings, IEnumerable<AccountConfiguration> accounts)
{
    private const int AmountDecimals = 8;
    private const int LeverageDecimals = 2;

    private readonly FrozenDictionary<string, string> _firstOfGroup = accounts
        .GroupBy(account => account.OwnerGroup)
        .ToFrozenDictionary(group => group.Key, group => group.First().Name.ToString());

    /// <summary>Null while FastPath does not show the account or the group.</summary>
    public LimitsDefined? Of(PendingLimits pending)
    {
        AccountDefined account = default;
        uint group = 0;
        switch (pending.Key.Scope)
        {
            case LimitScope.Account when listings.TryFindAccount(pending.Key.Name, out account):
                break;
            case LimitScope.Group when _firstOfGroup.TryGetValue(pending.Key.Name, out string? name)
                && listings.TryFindAccount(name, out AccountDefined first):
                group = first.OwnerGroup;
                break;
            case LimitScope.Firm:
                break;
            case LimitScope.Account or LimitScope.Group or LimitScope.Instrument:
            default:
                return null;
        }

        LimitSet limits = pending.Limits;
        return new()
        {
            Header = MessageHeader.For<LimitsDefined>(account.Header.AccountId),
            Scope = pending.Key.Scope,
            Group = group,
            InstrumentId = InstrumentId.None,
            LeverageMax = (int)Mantissa.Of(limits.LeverageMax ?? 0, LeverageDecimals),
            OpenOrdersMax = limits.OpenOrdersMax ?? 0,
            OrdersPerWindowMax = limits.OrdersPerWindowMax ?? 0,
            OrderWindowNanos = (limits.OrderWindowMs ?? 0) * UnixNanos.PerMillisecond,
            DuplicateWindowNanos = (limits.DuplicateWindowMs ?? 0) * UnixNanos.PerMillisecond,
            OrderNotionalMax = Amount(limits.OrderNotionalMax),
            OrderQuantityMax = 0,
            PositionQuantityMax = 0,
            PositionValueMax = Amount(limits.PositionValueMax),
            BalanceValueMax = Amount(limits.BalanceValueMax),
            LossMax = Amount(limits.LossMax),
            Version = pending.Version,
        };
    }

    private static long Amount(decimal? amount) => Mantissa.Of(amount ?? 0, AmountDecimals);
}
