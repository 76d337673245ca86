using System.Text.Json.Serialization;

namespace Oms.Cli.KeyFiles;

/// <summary>
/// What <c>oms keys</c> prints with <c>--json</c>. The names are a contract with scripts.
/// </summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(KeyJson))]
internal sealed partial class KeysJson : JsonSerializerContext;
