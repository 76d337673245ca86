using System.Collections.Concurrent;
using Oms.Domain.Accounts;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Text;

namespace Oms.Gateway.Events;

/// <summary>
/// The last change of each halt that the log still holds. The event pump writes, any thread reads.
/// </summary>
internal sealed class HaltView
{
    private readonly ConcurrentDictionary<(HaltScope, AccountId, Text16), HaltChanged> _halts = new();

    public IEnumerable<HaltChanged> All => _halts.Values;

    public void Note(in HaltChanged halt)
    {
        // A halted order is an order that ended: nothing stays to be shown of it.
        if (halt.Scope != HaltScope.Order)
        {
            AccountId account = halt.Scope == HaltScope.Account ? halt.Header.AccountId : AccountId.None;
            _halts[(halt.Scope, account, halt.Exchange)] = halt;
        }
    }

    /// <summary>Null when the log no longer holds a change of it.</summary>
    public HaltChanged? Find(HaltScope scope, AccountId account, Text16 exchange) =>
        _halts.TryGetValue((scope, account, exchange), out HaltChanged halt) ? halt : null;
}
