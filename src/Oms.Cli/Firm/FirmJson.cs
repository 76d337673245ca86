using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Oms.Cli.Firm;

/// <summary>
/// What <c>oms accounts</c>, <c>oms portfolio</c>, <c>oms limits</c> and <c>oms rebalance</c> print with
/// <c>--json</c>. The names are a contract with scripts.
/// </summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(AccountJson))]
[JsonSerializable(typeof(LimitsJson))]
[JsonSerializable(typeof(PolicyChangeJson))]
[JsonSerializable(typeof(PortfolioJson))]
[JsonSerializable(typeof(RebalanceJson))]
internal sealed partial class FirmJson : JsonSerializerContext
{
    /// <summary>Text as it is, not escaped for HTML.</summary>
    public static FirmJson Plain { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
