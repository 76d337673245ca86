namespace Oms.Cli.Firm;

/// <summary>An account of a rebalance as scripts read it.</summary>
internal sealed record RebalanceAccountJson(
    string Account,
    string Held,
    string Free,
    string Coming,
    string Leaving,
    string Bound,
    string Worth,
    string WorthMax,
    string Problem)
{
    public static RebalanceAccountJson Of(V1.RebalanceAccount row) => new(
        row.Account, row.Held, row.Free, row.Coming, row.Leaving, row.Bound, row.Worth, row.WorthMax, row.Problem);
}
