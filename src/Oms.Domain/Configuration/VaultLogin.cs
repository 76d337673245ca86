namespace Oms.Domain.Configuration;

/// <summary>How a process shows Vault who it is.</summary>
public abstract record VaultLogin
{
    private VaultLogin()
    {
    }

    /// <summary>A token that somebody else made and keeps in a file.</summary>
    public sealed record Token(string TokenFile) : VaultLogin;

    /// <summary>The auth method AppRole, mounted at <c>approle</c>.</summary>
    public sealed record AppRole(string RoleIdFile, string SecretIdFile) : VaultLogin;
}
