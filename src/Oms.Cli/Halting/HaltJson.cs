namespace Oms.Cli.Halting;

/// <summary>A line of <c>oms halt --json</c>.</summary>
internal sealed record HaltJson
{
    /// <summary>order, account, exchange or firm.</summary>
    public required string Scope { get; init; }

    /// <summary>Which one; empty for the firm.</summary>
    public required string Name { get; init; }

    /// <summary>halted, confirmed or resumed.</summary>
    public required string State { get; init; }

    public required string By { get; init; }

    /// <summary>Place of the event in the log.</summary>
    public required long LogSequence { get; init; }
}
