using System.Collections.Immutable;

namespace Oms.Keys;

/// <summary>Where keys are kept. Knows its owners from the start, and what it gave out for each.</summary>
internal interface IKeySource : IDisposable
{
    /// <summary>
    /// A reading for each owner of which something changed; the first time, for every owner.
    /// </summary>
    /// <exception cref="KeysException">The source as a whole cannot be read; nothing counts as given
    /// out.</exception>
    Task<ImmutableArray<KeyReading>> ReadChanged(CancellationToken cancellation);
}
