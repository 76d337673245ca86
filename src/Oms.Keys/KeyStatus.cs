namespace Oms.Keys;

/// <summary>How an account stands with its keys, and why.</summary>
/// <param name="Detail">For people: names the file, or mount and path; empty where all is well.</param>
public sealed record KeyStatus(KeyOwner Owner, KeyStanding Standing, string Detail)
{
    public override string ToString() => Detail.Length == 0 ? $"{Owner}: keys usable" : $"{Owner}: {Detail}";
}
