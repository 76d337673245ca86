using System.Collections.Immutable;
using Oms.Domain;
using Oms.Domain.Configuration;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Domain.Time;
using Oms.SharedMemory.Tables;

namespace Oms.Grains.Strategies;

/// <summary>Finds the account of each order of a strategy.</summary>
internal sealed class AccountRoute
{
    /// <summary>A connector says it ten times a second; one that is silent sends nothing.</summary>
    private const long BudgetAgeMaxNanos = 2 * UnixNanos.PerSecond;

    private readonly AccountChoice _choice;
    private readonly ImmutableArray<AccountDefined> _accounts;
    private readonly InstrumentDefined _instrument;
    private readonly StateTable<BalanceChanged> _balances;
    private readonly RequestBudgets _budgets;
    private readonly TimeProvider _time;
    private readonly HashSet<AccountId> _ids;
    private readonly Dictionary<AccountId, long> _lastChosen = [];
    private long _orders;
    private int _next;

    public AccountRoute(
        AccountChoice choice,
        ImmutableArray<AccountDefined> accounts,
        InstrumentDefined instrument,
        StateTable<BalanceChanged> balances,
        RequestBudgets budgets,
        TimeProvider time)
    {
        Invariant.Holds(!accounts.IsEmpty);
        _choice = choice;
        _accounts = accounts;
        _instrument = instrument;
        _balances = balances;
        _budgets = budgets;
        _time = time;
        _ids = [.. accounts.Select(account => account.Header.AccountId)];
    }

    /// <summary>Between equals, the first that is configured.</summary>
    public AccountId Choose(Side side) => _choice switch
    {
        AccountChoice.Strategy => Id(_accounts[0]),
        AccountChoice.Balance => Id(_accounts.MaxBy(account => FreeOf(Id(account), side))),
        AccountChoice.RequestBudget => ByBudget(),
        AccountChoice.Rotation => Id(_accounts[_next++ % _accounts.Length]),
    };

    public bool IsOf(AccountId account) => _ids.Contains(account);

    private static AccountId Id(in AccountDefined account) => account.Header.AccountId;

    /// <summary>
    /// The one that may send most orders now; between equals the one that was chosen longest ago, since a budget is
    /// seen some moments late. What nobody counts, as where orders are matched here, has no bound.
    /// </summary>
    private AccountId ByBudget()
    {
        AccountId chosen = Id(_accounts
            .OrderByDescending(OrdersLeftOf)
            .ThenBy(account => _lastChosen.GetValueOrDefault(Id(account)))
            .First());
        _lastChosen[chosen] = ++_orders;
        return chosen;
    }

    private long OrdersLeftOf(AccountDefined account)
    {
        if (_budgets.Of(account, _instrument.Market) is not { } budget)
        {
            return long.MaxValue;
        }

        long now = UnixNanos.Of(_time.GetUtcNow()).Value;
        bool isKnown = now - budget.UnixNanos < BudgetAgeMaxNanos;
        return isKnown && budget.HeldUntilUnixNanos <= now && budget.WeightLeft > 0 ? budget.OrdersLeft : 0;
    }

    /// <summary>What is free of the asset that the order spends.</summary>
    private long FreeOf(AccountId account, Side side)
    {
        AssetId asset = side == Side.Buy ? _instrument.QuoteAssetId : _instrument.BaseAssetId;
        for (int index = 0; index < _balances.Count; index++)
        {
            if (_balances.TryRead(index, out BalanceChanged row)
                && row.Header.AccountId == account && row.AssetId == asset && row.Wallet == _instrument.Market)
            {
                return row.Free;
            }
        }

        return 0;
    }
}
