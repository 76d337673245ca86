using System.Text.Json.Serialization;

namespace Oms.FastPath.Snapshots;

/// <summary>What <c>oms verify-log --json</c> prints. The names are a contract with scripts.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(VerifiedLog))]
internal sealed partial class VerifyJson : JsonSerializerContext;
