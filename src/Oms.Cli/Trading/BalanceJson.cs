namespace Oms.Cli.Trading;

/// <summary>A balance as scripts read it.</summary>
internal sealed record BalanceJson(
    string Account, string Wallet, string Asset, string Free, string Reserved, string InTransit)
{
    public static BalanceJson Of(V1.Balance balance) => new(
        balance.Account,
        Wording.Of(balance.Wallet),
        balance.Asset,
        balance.Free,
        balance.Reserved,
        balance.InTransit);
}
