namespace Oms.Grains.Positions;

/// <summary>The positions of an account, by its name <c>exchange/account</c>.</summary>
[Alias("Oms.Grains.IPositionGrain")]
public interface IPositionGrain : IGrainWithStringKey
{
    /// <summary>Stores a batch of the account's events; one that was stored before changes nothing.</summary>
    [Alias("Apply")]
    Task<BatchReceipt> Apply(PositionBatch batch);

    [Alias("GetView")]
    Task<PositionsView> GetView();
}
