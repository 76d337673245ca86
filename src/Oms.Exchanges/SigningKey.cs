namespace Oms.Exchanges;

/// <summary>A key at an exchange: its public half, and who signs with the other.</summary>
public sealed class SigningKey(string apiKey, SigningKind kind, MessageSignature sign)
{
    /// <summary>Signatures have at most so many bytes, of whichever kind.</summary>
    public const int SignatureBytesMax = 64;

    public string ApiKey { get; } = apiKey;

    public SigningKind Kind { get; } = kind;

    /// <summary>Whether the exchange lets it speak for a whole connection, so that not each request is signed.
    /// </summary>
    public bool MayLogOn => Kind == SigningKind.Ed25519;

    public MessageSignature Sign { get; } = sign;

    /// <summary>Names the kind; shows no key.</summary>
    public override string ToString() => Kind.ToString();
}
