using System.Collections.Frozen;
using System.Text.Json;
using Oms.Domain.Orders;

namespace Oms.Gateway.Api;

/// <summary>Reject reasons as the contract writes them: lower snake case, empty for none.</summary>
internal static class ReasonText
{
    private static readonly FrozenDictionary<RejectReason, string> Texts = Enum.GetValues<RejectReason>()
        .ToFrozenDictionary(
            reason => reason,
            reason => reason == RejectReason.None
                ? ""
                : JsonNamingPolicy.SnakeCaseLower.ConvertName(reason.ToString()));

    public static string Of(RejectReason reason) => Texts.GetValueOrDefault(reason, "unknown_reason");
}
