using System.Collections.Concurrent;
using Oms.Domain.Accounts;
using Oms.Domain.Ids;
using Oms.Domain.Messages;

namespace Oms.Gateway.Events;

/// <summary>
/// When each account was last proved by its exchange's evidence. The event pump writes, any thread reads.
/// </summary>
internal sealed class GateView
{
    private readonly ConcurrentDictionary<AccountId, long> _reconciled = new();

    public void Note(in AccountGateChanged gate)
    {
        if (gate.Gate == AccountGate.Ready)
        {
            _reconciled[gate.Header.AccountId] = gate.Header.UnixNanos;
        }
    }

    /// <summary>0 when it was not since the log begins.</summary>
    public long ReconciledNanosOf(AccountId account) => _reconciled.GetValueOrDefault(account);
}
