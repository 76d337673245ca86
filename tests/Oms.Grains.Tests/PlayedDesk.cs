using System.Collections.Concurrent;
using Oms.Grains.Transfers;

namespace Oms.Grains.Tests;

/// <summary>Plays the way to FastPath: open or shut.</summary>
internal sealed class PlayedDesk : ITransferDesk
{
    private volatile bool _isOpen = true;

    public bool IsOpen { get => _isOpen; set => _isOpen = value; }

    /// <summary>What was asked and taken, by id.</summary>
    public ConcurrentQueue<(string Id, TransferOrder Order, long IntentUnixNanos)> Asked { get; } = [];

    public Task<bool> TryAsk(string id, TransferOrder order, long intentUnixNanos)
    {
        if (_isOpen)
        {
            Asked.Enqueue((id, order, intentUnixNanos));
        }

        return Task.FromResult(_isOpen);
    }
}
