namespace Oms.Keys;

/// <summary>A key of an account, as its source has it. It signs; what it signs with stays inside.</summary>
public sealed class ExchangeKey : IDisposable
{
    private readonly KeyPair _pair;

    /// <param name="pair">Becomes the key's own.</param>
    internal ExchangeKey(string id, KeyOwner owner, int priority, DateTimeOffset created, KeyPair pair) =>
        (Id, Owner, Priority, Created, _pair) = (id, owner, priority, created, pair);

    /// <summary>What the source calls it: a number in the key file, a version in Vault.</summary>
    public string Id { get; }

    public KeyOwner Owner { get; }

    /// <summary>1 for the key that its owner uses first.</summary>
    public int Priority { get; }

    public DateTimeOffset Created { get; }

    public string ApiKey => _pair.ApiKey;

    public ExchangeKeyKind Kind => _pair.Kind;

    /// <inheritdoc cref="KeyPair.Fingerprint"/>
    public string Fingerprint => _pair.Fingerprint;

    internal KeyPair Pair => _pair;

    /// <inheritdoc cref="KeyPair.Sign"/>
    public int Sign(ReadOnlySpan<byte> message, Span<byte> destination) => _pair.Sign(message, destination);

    /// <summary>Whether it is this pair, in both halves.</summary>
    public bool Is(KeyPair pair) => _pair.Identity == pair.Identity;

    /// <summary>Overwrites the secret, once signatures that were begun are made.</summary>
    public void Dispose() => _pair.Dispose();

    /// <summary>Names the key; shows neither half of it.</summary>
    public override string ToString() => $"key {Id} of {Owner} ({Fingerprint})";

    /// <summary>The same key, which both speak for, at another place among its owner's.</summary>
    internal ExchangeKey WithPriority(int priority) =>
        priority == Priority ? this : new(Id, Owner, priority, Created, _pair);
}
