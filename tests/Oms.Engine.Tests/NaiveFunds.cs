namespace Oms.Engine.Tests;

/// <summary>What an account of the naive market has.</summary>
internal sealed class NaiveFunds
{
    public decimal Base { get; set; }

    public decimal Quote { get; set; }

    /// <summary>Less what it sold.</summary>
    public decimal Bought { get; set; }
}
