using System.Globalization;

namespace Oms.Gateway.Api;

/// <summary>A page of a list that is told newest first.</summary>
/// <param name="Below">Entries with a lower number are on this page.</param>
internal readonly record struct Page(int RowsMax, long Below)
{
    /// <exception cref="Grpc.Core.RpcException">A size or a token that cannot be one.</exception>
    public static Page Of(int pageSize, string pageToken)
    {
        if (pageSize is < 0 or > GatewayLimits.PageRowsMax)
        {
            throw RpcFailures.Invalid("page_size", $"is not between 0 and {GatewayLimits.PageRowsMax}");
        }

        long below = long.MaxValue;
        if (pageToken.Length > 0
            && !long.TryParse(pageToken, NumberStyles.None, CultureInfo.InvariantCulture, out below))
        {
            throw RpcFailures.Invalid("page_token", "is not a token of a page");
        }

        return new(pageSize == 0 ? GatewayLimits.PageRowsDefault : pageSize, below);
    }

    /// <summary>Takes a page of the entries; the token is empty when nothing is left.</summary>
    public (List<TEntry> Rows, string NextToken) Take<TEntry>(
        IEnumerable<(long Number, TEntry Entry)> newestFirst)
    {
        var rows = new List<TEntry>();
        long last = 0;
        foreach ((long number, TEntry entry) in newestFirst)
        {
            if (rows.Count == RowsMax)
            {
                return (rows, last.ToString(CultureInfo.InvariantCulture));
            }

            rows.Add(entry);
            last = number;
        }

        return (rows, "");
    }
}
