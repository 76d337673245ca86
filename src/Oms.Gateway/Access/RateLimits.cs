using System.Collections.Concurrent;
using Oms.Domain.Configuration;
using Oms.Gateway.Api;

namespace Oms.Gateway.Access;

/// <summary>
/// How much each client may ask, and how much may be ordered on each account. What makes risk smaller, a cancel or a
/// halt, is never held up.
/// </summary>
internal sealed class RateLimits(GatewayConfiguration configuration, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, RateBudget> _clients = new();
    private readonly ConcurrentDictionary<string, RateBudget> _accounts = new();

    /// <summary>Counts a call of a client.</summary>
    /// <exception cref="Grpc.Core.RpcException">It is one too many; says when to try again.</exception>
    public void TakeCall(Identity client) =>
        Take(_clients, client.Name, configuration.ClientCallsPerSecond);

    /// <summary>Counts a command on an account that is known.</summary>
    /// <inheritdoc cref="TakeCall"/>
    public void TakeCommand(string account) =>
        Take(_accounts, account, configuration.AccountCommandsPerSecond);

    private void Take(ConcurrentDictionary<string, RateBudget> budgets, string name, int perSecond)
    {
        if (!budgets.TryGetValue(name, out RateBudget? budget))
        {
            budget = budgets.GetOrAdd(name, new RateBudget(perSecond, time));
        }

        if (!budget.TryTake(out TimeSpan retryAfter))
        {
            throw RpcFailures.RateLimited(name, retryAfter);
        }
    }
}
