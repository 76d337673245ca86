using Oms.Configuration.Yaml;
using Oms.Domain.Configuration;

namespace Oms.Configuration;

/// <summary>
/// Reads section <c>keys</c>: where exchange keys come from. Without it, from the key file.
/// </summary>
internal static class KeysReader
{
    private const string DefaultMount = "secret";

    public static KeysConfiguration Read(Section? section)
    {
        if (section is null)
        {
            return new() { Source = KeySource.File };
        }

        KeySource source = section.Choice("source", ("file", KeySource.File), ("vault", KeySource.Vault));
        Section? vault = source == KeySource.Vault ? section.Child("vault") : section.ChildIfSet("vault");
        return new() { Source = source, Vault = vault is null ? null : ReadVault(vault) };
    }

    private static VaultConfiguration ReadVault(Section section) =>
        new()
        {
            Address = ReadAddress(section),
            Mount = ReadPath(section, "mount") ?? DefaultMount,
            Namespace = ReadPath(section, "namespace"),
            CaFile = section.Has("ca_file") ? ReadFile(section, "ca_file") : null,
            Login = ReadLogin(section),
        };

    private static Uri ReadAddress(Section section)
    {
        const string Key = "address";
        string text = section.Text(Key);
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? uri)
            || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps)
            || uri.PathAndQuery != "/" || uri.UserInfo.Length > 0)
        {
            if (text.Length > 0)
            {
                section.Problem(Key, $"'{text}' is not https://HOST or https://HOST:PORT");
            }

            return new("about:blank");
        }

        if (uri.Scheme == Uri.UriSchemeHttp && !uri.IsLoopback)
        {
            section.Problem(
                Key, $"'{text}' would send secrets in the clear; only https:// may leave this host");
        }

        return uri;
    }

    private static string? ReadPath(Section section, string key)
    {
        string? path = section.TextIfSet(key);
        if (path is not null && !VaultPath.IsPath(path))
        {
            section.Problem(key, $"'{path}' is no path: {VaultPath.Rule}");
        }

        return path;
    }

    private static VaultLogin ReadLogin(Section section)
    {
        const string TokenFile = "token_file";
        const string RoleIdFile = "role_id_file";
        const string SecretIdFile = "secret_id_file";
        const string Token = "token";
        const string AppRole = "approle";
        string? auth = section.Choice("auth", (Token, Token), (AppRole, AppRole));
        switch (auth)
        {
            case Token:
                Refuse(section, auth, RoleIdFile, SecretIdFile);
                return new VaultLogin.Token(ReadFile(section, TokenFile));
            case AppRole:
                Refuse(section, auth, TokenFile);
                return new VaultLogin.AppRole(ReadFile(section, RoleIdFile), ReadFile(section, SecretIdFile));
            default:
                // Which of them are needed is not known: none is judged.
                _ = section.TextIfSet(TokenFile);
                _ = section.TextIfSet(RoleIdFile);
                _ = section.TextIfSet(SecretIdFile);
                return new VaultLogin.Token("");
        }
    }

    private static void Refuse(Section section, string auth, params ReadOnlySpan<string> keys)
    {
        foreach (string key in keys)
        {
            if (section.TextIfSet(key) is not null)
            {
                section.Problem(key, $"is not for auth: {auth}");
            }
        }
    }

    /// <summary>
    /// The path of a file. From where a process is started, nobody could tell a relative one.
    /// </summary>
    private static string ReadFile(Section section, string key)
    {
        string path = section.Text(key);
        if (path.Length > 0 && !Path.IsPathFullyQualified(path))
        {
            section.Problem(key, $"'{path}' is not an absolute path");
        }

        return path;
    }
}
