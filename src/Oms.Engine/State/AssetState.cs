using Oms.Domain.Messages;

namespace Oms.Engine.State;

/// <summary>What the engine knows of an asset.</summary>
internal sealed class AssetState(in AssetDefined definition)
{
    public AssetDefined Definition { get; set; } = definition;

    public int Decimals => Definition.Decimals;

    /// <summary>Whose price says what the asset is worth; null where there is none.</summary>
    public InstrumentState? ValuedBy { get; set; }

    /// <summary>Instruments whose prices are in it.</summary>
    public List<InstrumentState> QuotedBy { get; } = [];

    /// <summary>What is not on any account: by this the ledger sums to zero.</summary>
    public Ledgers.Contra Contra { get; } = new();
}
