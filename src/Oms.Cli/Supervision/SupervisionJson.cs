using System.Text.Json.Serialization;

namespace Oms.Cli.Supervision;

/// <summary>The JSON of the state file and of <c>oms status --json</c>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(SupervisorReport))]
[JsonSerializable(typeof(StatusRow))]
internal sealed partial class SupervisionJson : JsonSerializerContext;
