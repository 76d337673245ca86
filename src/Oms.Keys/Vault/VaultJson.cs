using System.Text.Json.Serialization;

namespace Oms.Keys.Vault;

/// <summary>Member names as Vault writes them; members that nobody asks for are passed over.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(VaultAnswer.Failure))]
[JsonSerializable(typeof(VaultAnswer.Login))]
[JsonSerializable(typeof(VaultAnswer.Lookup))]
[JsonSerializable(typeof(VaultAnswer.Metadata))]
internal sealed partial class VaultJson : JsonSerializerContext;
