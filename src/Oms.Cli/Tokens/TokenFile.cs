using System.Collections.Immutable;
using Oms.Cli.Preparation;
using Oms.Domain.Configuration;

namespace Oms.Cli.Tokens;

/// <summary>
/// Changes who may call the gateway: one change at a time, and all of it or nothing. A gateway that runs takes it over
/// within a second or two.
/// </summary>
internal sealed class TokenFile(DataFolder data, TimeProvider clock)
{
    private const int SecretLength = 43;
    private const int IdLength = 6;

    /// <exception cref="RefusedException">There is no deployment here yet.</exception>
    public ImmutableArray<IdentitiesFile.Identity> Identities => File.Exists(data.IdentitiesFile)
        ? IdentitiesFile.Read(data.IdentitiesFile).Identities
        : throw new RefusedException($"{data.IdentitiesFile} does not exist; `oms up` makes it");

    /// <summary>Gives an identity a token, beside those that it has.</summary>
    /// <param name="grants">In place of those it had; empty keeps them.</param>
    /// <returns>The token, which is kept nowhere, and what it is called.</returns>
    /// <exception cref="RefusedException">The name is the operator's, or is new and was granted nothing.</exception>
    public (string Secret, IdentitiesFile.Token Token) Add(
        string name, ImmutableArray<IdentitiesFile.Grant> grants, TimeSpan lifetime)
    {
        string secret = Secret.Make(SecretLength);
        var token = new IdentitiesFile.Token(
            Secret.Make(IdLength).ToLowerInvariant(), IdentitiesFile.HashOf(secret), clock.GetUtcNow() + lifetime);
        Change(name, known =>
        {
            if (known is null && grants.IsEmpty)
            {
                throw new RefusedException($"{name} is new: say with --grant what it may do");
            }

            ImmutableArray<IdentitiesFile.Token> others = known?.Tokens ?? [];
            return new(
                name,
                grants.IsEmpty ? known!.Grants : grants,
                known?.TokenSha256,
                known?.CertificateSha256,
                [.. others.Where(other => other.Expires > clock.GetUtcNow()), token]);
        });
        return (secret, token);
    }

    /// <summary>Takes a token away, or the identity with all that it has.</summary>
    /// <param name="tokenId">Null for all.</param>
    /// <exception cref="RefusedException">There is no such identity or token.</exception>
    public void Revoke(string name, string? tokenId) => Change(name, known =>
    {
        if (known is null)
        {
            throw new RefusedException($"{name} is not known; see `oms tokens list`");
        }

        if (tokenId is null)
        {
            return null;
        }

        ImmutableArray<IdentitiesFile.Token> tokens = known.Tokens ?? [];
        return tokens.Any(token => token.Id == tokenId)
            ? known with { Tokens = [.. tokens.Where(token => token.Id != tokenId)] }
            : throw new RefusedException($"{name} has no token {tokenId}; see `oms tokens list`");
    });

    private void Change(string name, Func<IdentitiesFile.Identity?, IdentitiesFile.Identity?> change)
    {
        if (name == IdentitiesFile.Operator)
        {
            throw new RefusedException("the operator's token is made by `oms up`");
        }

        _ = Identities;
        using FileStream held = new(
            data.IdentitiesFile + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        ImmutableArray<IdentitiesFile.Identity> before = Identities;
        IdentitiesFile.Identity? changed = change(before.FirstOrDefault(identity => identity.Name == name));
        IEnumerable<IdentitiesFile.Identity> others = before.Where(identity => identity.Name != name);
        JsonFile.Write(
            data.IdentitiesFile,
            new([.. others, .. changed is null ? (IdentitiesFile.Identity[])[] : [changed]]),
            PreparationJson.Default.IdentitiesFile);
    }
}
