using Oms.Domain.Ids;
using Oms.Domain.Messages;

namespace Oms.Engine.State;

/// <summary>What the engine knows of an asset.</summary>
internal sealed class AssetState(in AssetDefined definition)
{
    // Read field by field: a copy of the whole costs more than what is done with it.
    private AssetDefined _definition = definition;

    public AssetDefined Definition { get => _definition; set => _definition = value; }

    public AssetId Id => _definition.AssetId;

    public int Decimals => _definition.Decimals;

    /// <summary>Whose price says what the asset is worth; null where there is none.</summary>
    public InstrumentState? ValuedBy { get; set; }

    /// <summary>Instruments whose prices are in it.</summary>
    public List<InstrumentState> QuotedBy { get; } = [];

    /// <summary>What is not on any account: by this the ledger sums to zero.</summary>
    public Ledgers.Contra Contra { get; } = new();
}
