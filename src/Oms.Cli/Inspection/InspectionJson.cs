using System.Text.Json.Serialization;

namespace Oms.Cli.Inspection;

/// <summary>The JSON of commands that look into the core.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(TopReport))]
internal sealed partial class InspectionJson : JsonSerializerContext;
