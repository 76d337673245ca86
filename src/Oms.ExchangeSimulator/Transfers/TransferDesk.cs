using Oms.ExchangeSimulator.Exchange;
using Oms.ExchangeSimulator.Futures;

namespace Oms.ExchangeSimulator.Transfers;

/// <summary>
/// Moves money between the wallets of spot and of futures, whole and at once, or refuses to. One line of the journal
/// holds a transfer; each market reads its own side of it again.
/// </summary>
internal sealed class TransferDesk(ExchangeCore spot, FuturesExchange futures)
{
    public TransferResult Transfer(NewTransfer asked) => spot.Read(state =>
    {
        RefusalReason refusal = Check(state, asked);
        if (refusal != RefusalReason.None)
        {
            return new TransferResult(refusal, null);
        }

        Transfer made = spot.Change(transaction =>
        {
            Transfer transfer = state.Transfers.Add(asked, transaction.TimeMs);
            transaction.Batch.Transfer = JournalTransfer.Of(transfer);
            Move(transaction, transfer.From, transfer.FromWallet, WalletKind.Spot, transfer.Asset, -transfer.Amount);
            Move(transaction, transfer.To, transfer.ToWallet, WalletKind.Spot, transfer.Asset, transfer.Amount);
            return transfer;
        });
        return futures.Core.Change(transaction =>
        {
            Move(
                transaction, Own(made.From), made.FromWallet, WalletKind.UsdtFutures, made.Asset, -made.Amount);
            Move(transaction, Own(made.To), made.ToWallet, WalletKind.UsdtFutures, made.Asset, made.Amount);
            return new TransferResult(RefusalReason.None, made);
        });
    });

    private RefusalReason Check(ExchangeState state, NewTransfer asked)
    {
        if (asked.ClientTransferId is { } id && state.Transfers.Has(id))
        {
            return RefusalReason.DuplicateTransfer;
        }

        // Between futures wallets money passes a spot wallet.
        bool isBetweenFutures =
            asked is { FromWallet: WalletKind.UsdtFutures, ToWallet: WalletKind.UsdtFutures };
        if (isBetweenFutures || (asked.From == asked.To && asked.FromWallet == asked.ToWallet))
        {
            return RefusalReason.TransferNotAllowed;
        }

        return FreeOf(asked) < asked.Amount ? RefusalReason.NothingToTransfer : RefusalReason.None;
    }

    private long FreeOf(NewTransfer asked) => asked.FromWallet switch
    {
        WalletKind.Spot => asked.From.BalanceOf(asked.Asset).Free,
        WalletKind.UsdtFutures => Math.Min(
            Own(asked.From).BalanceOf(asked.Asset).Free,
            Margin.AvailableOf(futures.State, futures.State.OfClient(asked.From), asked.Asset)),
    };

    /// <summary>A client's account of futures.</summary>
    private Account Own(Account client) => futures.State.OfClient(client).Account;

    /// <summary>Changes a wallet where it is one of the market whose transaction this is.</summary>
    private static void Move(
        Transaction transaction, Account account, WalletKind wallet, WalletKind market, string asset, long amount)
    {
        if (wallet != market)
        {
            return;
        }

        account.BalanceOf(asset).Transfer(amount);
        AccountChange change = transaction.ChangeOf(account, AccountChangeReason.AssetTransfer);
        _ = change.Assets.Add(asset);
        change.Transferred = amount;
    }
}
