using System.Text.Json.Serialization;

namespace Oms.ExchangeSimulator.Accounts;

/// <summary>The JSON of the accounts file, strict.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(AccountEntries))]
internal sealed partial class AccountsJson : JsonSerializerContext;
