using System.Collections.Immutable;

namespace Oms.Grains.Transfers;

/// <summary>
/// A transfer, by the id that its client gave it: wanted once, whatever dies. FastPath reserves, asks the exchange and
/// books; the grain sees to it that FastPath hears of the transfer, and remembers what became of it.
/// </summary>
[Alias("Oms.Grains.ITransferGrain")]
public interface ITransferGrain : IGrainWithStringKey
{
    /// <summary>
    /// Wants the transfer: stored first, then asked of FastPath until it answers. Wanting the same again changes
    /// nothing.
    /// </summary>
    /// <exception cref="ArgumentException">The id is that of a transfer of something else.</exception>
    [Alias("Start")]
    Task<TransferView> Start(TransferOrder order);

    /// <summary>Stores what happened to the transfer; what was stored before changes nothing.</summary>
    [Alias("Apply")]
    Task Apply(ImmutableArray<TransferUpdate> updates);

    /// <summary>Null where nobody wanted such a transfer.</summary>
    [Alias("GetView")]
    Task<TransferView?> GetView();
}
