namespace Oms.Matching.Tests;

/// <summary>Keeps every fill.</summary>
internal readonly struct FillList : IFillSink
{
    public FillList() => Fills = [];

    public List<Fill> Fills { get; }

    public void OnFill(in Fill fill) => Fills.Add(fill);
}
