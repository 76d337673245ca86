using System.Collections.Immutable;
using Oms.Domain.Configuration;

namespace Oms.Configuration;

/// <summary>What <c>limits.yaml</c> says, and where it says it of instruments.</summary>
internal sealed record LimitsFile(
    Located<LimitsConfiguration> Limits, ImmutableArray<Located<InstrumentLimitsConfiguration>> Instruments);
