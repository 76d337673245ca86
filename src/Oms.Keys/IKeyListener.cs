namespace Oms.Keys;

/// <summary>Whoever trades with the keys. Called by one task, one call at a time.</summary>
public interface IKeyListener
{
    /// <summary>
    /// A key is there that should sign from now on. Returns soon; the proof comes later, through the
    /// rotation.
    /// </summary>
    ValueTask Offered(KeyRotation rotation, CancellationToken cancellation);

    ValueTask StatusChanged(KeyStatus status, CancellationToken cancellation);
}
