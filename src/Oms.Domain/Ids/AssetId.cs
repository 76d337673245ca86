namespace Oms.Domain.Ids;

/// <summary>An asset, numbered from 1; 0 is none.</summary>
public readonly record struct AssetId(uint Value)
{
    public static AssetId None => default;

    public bool IsNone => Value == 0;

    public override string ToString() => Value.ToString();
}
