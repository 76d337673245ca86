using System.Text.Json.Serialization;

namespace Oms.Gateway.Access;

/// <summary>How <c>identities.json</c> is read: strictly.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = false)]
[JsonSerializable(typeof(IdentitiesFile))]
internal sealed partial class AccessJson : JsonSerializerContext;
