namespace Oms.Grains.Positions;

/// <summary>
/// The positions and the profit and loss of an account, by its name <c>exchange/account</c>: at average cost and first
/// in, first out, in all and by day.
/// </summary>
[Alias("Oms.Grains.IPositionGrain")]
public interface IPositionGrain : IGrainWithStringKey
{
    /// <summary>Stores a batch of the account's events; one that was stored before changes nothing.</summary>
    [Alias("Apply")]
    Task<BatchReceipt> Apply(PositionBatch batch);

    /// <summary>The last of the account's sequences that is stored; 0 for none.</summary>
    [Alias("GetLastSequence")]
    Task<long> GetLastSequence();

    [Alias("GetView")]
    Task<PositionsView> GetView();
}
