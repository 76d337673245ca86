using System.Text.Json.Serialization;

namespace Oms.Exchanges.Binance.Futures;

/// <summary>Readers of <see cref="FuturesAnswer"/>, generated.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(FuturesAnswer.Trade[]))]
[JsonSerializable(typeof(FuturesAnswer.Balance[]))]
[JsonSerializable(typeof(FuturesAnswer.WalletChange[]))]
[JsonSerializable(typeof(FuturesAnswer.Position[]))]
[JsonSerializable(typeof(FuturesAnswer.SymbolSettings[]))]
[JsonSerializable(typeof(FuturesAnswer.PositionMode))]
[JsonSerializable(typeof(FuturesAnswer.Income[]))]
[JsonSerializable(typeof(FuturesAnswer.ListenKey))]
[JsonSerializable(typeof(FuturesAnswer.AlgoOrder))]
[JsonSerializable(typeof(FuturesAnswer.AlgoOrder[]))]
internal sealed partial class FuturesJson : JsonSerializerContext;
