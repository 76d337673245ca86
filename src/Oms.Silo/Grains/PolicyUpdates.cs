using System.Collections.Frozen;
using Oms.Domain.Accounts;
using Oms.Domain.Configuration;
using Oms.Domain.Messages;
using Oms.Grains.Risk;
using Oms.Silo.Text;

namespace Oms.Silo.Grains;

/// <summary>Halts and limits as grains take them: names for numbers.</summary>
internal sealed class PolicyUpdates(EventNames names, IEnumerable<AccountConfiguration> accounts)
{
    private readonly FrozenDictionary<string, string> _groups =
        accounts.ToFrozenDictionary(account => account.Name.ToString(), account => account.OwnerGroup);

    /// <param name="sequence">By which the receiver knows it again.</param>
    public static HaltUpdate Of(in HaltChanged halt, long sequence, EventNames names) => new()
    {
        Sequence = sequence,
        UnixNanos = halt.Header.UnixNanos,
        Scope = halt.Scope,
        Name = halt.Scope switch
        {
            HaltScope.Order => halt.OrderId.ToString(),
            HaltScope.Account => AccountName(in halt, names),
            HaltScope.Exchange => halt.Exchange.ToString(),
            HaltScope.Firm => "",
        },
        State = halt.State,
        Reason = halt.Reason,
        By = halt.By.ToString(),
    };

    /// <summary>Null for limits of an instrument: nobody but configuration sets them.</summary>
    public LimitsConfirmed? Of(in LimitsChanged limits) => KeyOf(in limits) is not { } key ? null : new()
    {
        LogSequence = limits.Header.LogSequence,
        UnixNanos = limits.Header.UnixNanos,
        Key = key,
        Version = limits.Version,
        IsApplied = limits.IsApplied != 0,
    };

    private LimitKey? KeyOf(in LimitsChanged limits) => limits.Scope switch
    {
        LimitScope.Account when names.TryFindAccount(limits.Header.AccountId, out AccountName account) =>
            new(LimitScope.Account, account.ToString()),
        LimitScope.Group when names.GroupOf(limits.Group, account => _groups.GetValueOrDefault(account)) is { } group =>
            new(LimitScope.Group, group),
        LimitScope.Firm => new(LimitScope.Firm, ""),
        LimitScope.Account or LimitScope.Group or LimitScope.Instrument => null,
    };

    /// <summary>A halt of an account that does not exist is answered too, and has no sequence.</summary>
    private static string AccountName(in HaltChanged halt, EventNames names) => halt.Header.AccountSequence > 0
        ? names.AccountOf(halt.Header.AccountId).ToString()
        : $"#{halt.Header.AccountId.Value}";
}
