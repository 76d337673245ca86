namespace Oms.Keys.Vault;

/// <summary>Where a secret lies in Vault: a path within a mount of the key-value store.</summary>
internal readonly record struct VaultSecretPath(string Mount, string Path)
{
    private const string Folder = "exchanges";

    /// <summary>Of the version and its deletion; shows no secret.</summary>
    public string MetadataRequest => $"{Mount}/metadata/{Path}";

    public string DataRequest => $"{Mount}/data/{Path}";

    /// <param name="named">What the account's configuration says; null for the name of the owner.</param>
    public static VaultSecretPath Of(string mount, KeyOwner owner, string? named)
    {
        string path = named ?? owner.Token;
        if (path.StartsWith($"{mount}/", StringComparison.Ordinal))
        {
            path = path[(mount.Length + 1)..];
        }

        return new(mount, path.Contains('/') ? path : $"{Folder}/{path}");
    }

    /// <summary>As people write it, and so that both parts can be told.</summary>
    public override string ToString() => $"{Mount}/{Path} (mount '{Mount}', path '{Path}')";
}
