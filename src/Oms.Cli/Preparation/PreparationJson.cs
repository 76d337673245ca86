using System.Text.Json.Serialization;

namespace Oms.Cli.Preparation;

/// <summary>The JSON files that <c>oms up</c> writes for other processes.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    WriteIndented = true)]
[JsonSerializable(typeof(IdentitiesFile))]
[JsonSerializable(typeof(SimulatorAccountsFile))]
internal sealed partial class PreparationJson : JsonSerializerContext;
