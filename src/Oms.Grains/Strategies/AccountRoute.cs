using System.Collections.Immutable;
using Oms.Domain;
using Oms.Domain.Configuration;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.SharedMemory.Tables;

namespace Oms.Grains.Strategies;

/// <summary>Finds the account of each order of a strategy.</summary>
internal sealed class AccountRoute
{
    private static readonly TimeSpan BudgetWindow = TimeSpan.FromMinutes(1);

    private readonly AccountChoice _choice;
    private readonly ImmutableArray<AccountId> _accounts;
    private readonly InstrumentDefined _instrument;
    private readonly StateTable<BalanceChanged> _balances;
    private readonly TimeProvider _time;
    private readonly Dictionary<AccountId, Queue<long>> _requests;
    private int _next;

    public AccountRoute(
        AccountChoice choice,
        ImmutableArray<AccountId> accounts,
        InstrumentDefined instrument,
        StateTable<BalanceChanged> balances,
        TimeProvider time)
    {
        Invariant.Holds(!accounts.IsEmpty);
        _choice = choice;
        _accounts = accounts;
        _instrument = instrument;
        _balances = balances;
        _time = time;
        _requests = accounts.Distinct().ToDictionary(account => account, _ => new Queue<long>());
    }

    /// <summary>Between equals, the first that is configured.</summary>
    public AccountId Choose(Side side) => _choice switch
    {
        AccountChoice.Strategy => _accounts[0],
        AccountChoice.Balance => _accounts.MaxBy(account => FreeOf(account, side)),
        AccountChoice.RequestBudget => _accounts.MinBy(RequestsOf),
        AccountChoice.Rotation => _accounts[_next++ % _accounts.Length],
    };

    public bool IsOf(AccountId account) => _requests.ContainsKey(account);

    public void NoteRequest(AccountId account) => _requests[account].Enqueue(_time.GetTimestamp());

    private int RequestsOf(AccountId account)
    {
        Queue<long> requests = _requests[account];
        while (requests.TryPeek(out long oldest) && _time.GetElapsedTime(oldest) > BudgetWindow)
        {
            _ = requests.Dequeue();
        }

        return requests.Count;
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
