using System.Text.Json.Serialization;

namespace Oms.Cli.Tokens;

/// <summary>What the commands about access print for scripts.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(TokenJson))]
[JsonSerializable(typeof(AddedTokenJson))]
[JsonSerializable(typeof(AuditJson))]
internal sealed partial class TokensJson : JsonSerializerContext;
