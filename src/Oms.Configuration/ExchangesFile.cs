using System.Collections.Immutable;
using Oms.Domain.Configuration;

namespace Oms.Configuration;

/// <summary>What <c>exchanges.yaml</c> says.</summary>
internal sealed record ExchangesFile(ImmutableArray<Located<ExchangeConfiguration>> Exchanges);
