namespace Oms.Cli.Firm;

/// <summary>How much of something an account has, as scripts read it.</summary>
internal sealed record ShareJson(string Account, string Quantity)
{
    public static ShareJson Of(V1.AccountShare share) => new(share.Account, share.Quantity);
}
