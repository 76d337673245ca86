using System.Collections.Immutable;

namespace Oms.Configuration;

/// <summary>The configuration cannot be used; one line of the message for every problem.</summary>
public sealed class ConfigurationException(ImmutableArray<ConfigurationProblem> problems)
    : Exception(string.Join(Environment.NewLine, problems))
{
    public ImmutableArray<ConfigurationProblem> Problems { get; } = problems;
}
