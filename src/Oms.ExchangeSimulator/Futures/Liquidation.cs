using Oms.ExchangeSimulator.Exchange;

namespace Oms.ExchangeSimulator.Futures;

/// <summary>
/// Watches what accounts have above what their positions must keep: warns when it is little, and when nothing is left
/// ends their orders and closes their positions. What a wallet then lacks the insurance fund gives.
/// </summary>
internal sealed class Liquidation(ExchangeCore core, FuturesState state, IFuturesListener listener)
{
    /// <summary>Of the margin that is used up when an account is warned, in percent.</summary>
    private const int WarnPercent = 80;

    public void Run()
    {
        foreach (FuturesAccount account in state.Accounts.Where(account => account.HasPositions).ToList())
        {
            Check(account);
        }
    }

    private void Check(FuturesAccount account)
    {
        long maintenance = Margin.MaintenanceOf(state, account);
        long balance = MarginAssetOf(account) is { } asset
            ? account.WalletOf(asset) + Margin.UnrealizedOf(state, account)
            : 0;
        if (balance <= maintenance)
        {
            account.IsWarned = false;
            Close(account);
            return;
        }

        bool isLow = (Int128)maintenance * 100 > (Int128)balance * WarnPercent;
        if (isLow && !account.IsWarned)
        {
            listener.OnMarginCall(account, core.NowMs());
        }

        account.IsWarned = isLow;
    }

    private static string? MarginAssetOf(FuturesAccount account) =>
        account.Positions.FirstOrDefault(position => position.Quantity != 0)?.Market.Symbol.QuoteAsset;

    /// <summary>Ends an account's orders, and closes its positions.</summary>
    public void Close(FuturesAccount account)
    {
        _ = core.Change(transaction =>
        {
            foreach (ClientOrder order in account.Account.OpenOrders.ToList())
            {
                ExchangeCore.TakeOut(order);
                transaction.Expire(order, ExpiryReason.AccountLiquidated);
                transaction.Touch(order.Market, order.BookSide, order.Price);
            }

            return true;
        });
        foreach (Position position in account.Positions.Where(position => position.Quantity != 0).ToList())
        {
            ClientOrder closed = core.Change(transaction => ForcedClose.Of(
                transaction, state, position, FuturesOrderOrigin.Liquidation));
            listener.OnLiquidation(closed, core.NowMs());
            Insure(account, position.Market.Symbol);
        }
    }

    private void Insure(FuturesAccount account, ListedSymbol symbol)
    {
        long missing = -account.WalletOf(symbol.QuoteAsset);
        if (missing <= 0)
        {
            return;
        }

        _ = core.Change(transaction =>
        {
            FuturesIncome.Book(transaction, state, account, symbol, IncomeType.InsuranceClear, missing);
            AccountChange change = transaction.ChangeOf(account.Account, AccountChangeReason.InsuranceClear);
            _ = change.Assets.Add(symbol.QuoteAsset);
            return true;
        });
    }
}
