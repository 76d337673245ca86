using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Oms.Cli.Trading;

/// <summary>
/// What the trading commands print with <c>--json</c>. The names are a contract with scripts.
/// </summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(OrderJson))]
[JsonSerializable(typeof(FillJson))]
[JsonSerializable(typeof(BalanceJson))]
[JsonSerializable(typeof(PositionJson))]
[JsonSerializable(typeof(ExecutionJson))]
[JsonSerializable(typeof(CancelRefusedJson))]
[JsonSerializable(typeof(TransferJson))]
[JsonSerializable(typeof(ReconcileJson))]
internal sealed partial class TradingJson : JsonSerializerContext
{
    /// <summary>Text as it is, not escaped for HTML.</summary>
    public static TradingJson Plain { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
