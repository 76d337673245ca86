namespace Oms.Domain.Configuration;

/// <summary>What a polling thread does when there is nothing to do.</summary>
public enum IdlePolicy
{
    /// <summary>Never gives its core away: for a core of its own.</summary>
    Spin,

    /// <summary>Spins, yields, then parks for microseconds: for a shared core.</summary>
    Backoff,
}
