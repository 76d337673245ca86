using System.Text.Json.Serialization;

namespace Oms.Cli.Halting;

/// <summary>The JSON of the kill switch.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(HaltJson))]
internal sealed partial class HaltJsonContext : JsonSerializerContext;
