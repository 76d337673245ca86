using System.Collections.Concurrent;
using Oms.Grains.Transfers;

namespace Oms.Grains.Tests;

/// <summary>Plays the way to FastPath: open or shut.</summary>
internal sealed class PlayedDesk : ITransferDesk
{
    private volatile bool _isOpen = true;
    private volatile string? _broken;

    public bool IsOpen { get => _isOpen; set => _isOpen = value; }

    /// <summary>Of this transfer, asking fails instead of being answered; null for none.</summary>
    public string? Broken { get => _broken; set => _broken = value; }

    /// <summary>What was asked and taken, by id.</summary>
    public ConcurrentQueue<(string Id, TransferOrder Order, long IntentUnixNanos)> Asked { get; } = [];

    public Task<bool> TryAsk(string id, TransferOrder order, long intentUnixNanos)
    {
        if (_broken is { } broken && id.EndsWith(broken, StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"{id} cannot be asked for");
        }

        if (_isOpen)
        {
            Asked.Enqueue((id, order, intentUnixNanos));
        }

        return Task.FromResult(_isOpen);
    }
}
