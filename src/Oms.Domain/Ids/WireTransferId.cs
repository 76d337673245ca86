using System.Globalization;

namespace Oms.Domain.Ids;

/// <summary>
/// The client's id of a transfer that the exchange sees: <c>oms-t-SHARD-EPOCH-NUMBER-HOP</c>, made from the <see
/// cref="TransferId"/> and the hop alone. The exchange takes each once, so that asking again cannot move money twice.
/// At most 31 characters of <c>[a-z0-9-]</c>.
/// </summary>
public static class WireTransferId
{
    public static string Format(TransferId id, int hop) =>
        string.Create(CultureInfo.InvariantCulture, $"oms-t-{id.Shard}-{id.Epoch}-{id.Number}-{hop}");
}
