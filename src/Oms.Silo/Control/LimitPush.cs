using Microsoft.Extensions.Logging;
using Oms.Grains.Risk;
using Oms.SharedMemory.Rings;

namespace Oms.Silo.Control;

/// <summary>
/// Tells FastPath the limits that it has not confirmed, again and again until it does: telling a version twice changes
/// nothing.
/// </summary>
internal sealed class LimitPush(
    CommandLink link, IGrainFactory grains, LimitMessages messages, ILogger<LimitPush> logger)
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(200);

    /// <summary>Returns when it is canceled.</summary>
    public Task RunAsync(CancellationToken cancellation) =>
        Repeated.RunAsync("telling limits", LookInterval, logger, PushAsync, cancellation);

    private async Task PushAsync(CancellationToken cancellation)
    {
        if (link.TryOpen() is not { } commands)
        {
            return;
        }

        var policy = grains.GetGrain<IRiskPolicyGrain>(IRiskPolicyGrain.Key);
        foreach (PendingLimits pending in await policy.GetPending().WaitAsync(cancellation))
        {
            if (messages.Of(pending) is { } message
                && await commands.OfferAsync(message) == OfferResult.Accepted)
            {
                Log.LimitsTold(logger, pending.Version, pending.Key.Scope.ToString(), pending.Key.Name);
            }
        }
    }
}
