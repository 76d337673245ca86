namespace Oms.Cli.Inspection;

/// <summary>How long a stage took during the interval, in nanoseconds, to an eighth.</summary>
internal sealed record StageRow(string Name, long Count, long P50Ns, long P99Ns, long P999Ns, long MaxNs);
