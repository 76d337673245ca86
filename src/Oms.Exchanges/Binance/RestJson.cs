using System.Text.Json.Serialization;

namespace Oms.Exchanges.Binance;

/// <summary>Readers of <see cref="RestAnswer"/>, generated.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RestAnswer.Error))]
[JsonSerializable(typeof(RestAnswer.ServerTime))]
[JsonSerializable(typeof(RestAnswer.Order))]
[JsonSerializable(typeof(RestAnswer.Order[]))]
[JsonSerializable(typeof(RestAnswer.OrderList))]
[JsonSerializable(typeof(RestAnswer.Amended))]
[JsonSerializable(typeof(RestAnswer.Trade[]))]
[JsonSerializable(typeof(RestAnswer.Account))]
[JsonSerializable(typeof(RestAnswer.KeyRestrictions))]
[JsonSerializable(typeof(RestAnswer.Transfer))]
[JsonSerializable(typeof(RestAnswer.TransferHistory))]
[JsonSerializable(typeof(RestAnswer.SubAccounts))]
[JsonSerializable(typeof(RestAnswer.ExchangeRules))]
internal sealed partial class RestJson : JsonSerializerContext;
