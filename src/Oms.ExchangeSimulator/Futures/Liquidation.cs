using Oms.ExchangeSimulator.Exchange;

namespace Oms.ExchangeSimulator.Futures;

/// <summary>
/// Watches what accounts have above what their positions must keep, and each position with a margin of its own: warns
/// when it is little, and when nothing is left ends orders and closes positions. What a wallet then lacks the insurance
/// fund gives.
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
        foreach (Position position in account.Positions.Where(each => each.Quantity != 0).ToList())
        {
            CheckIsolated(account, position);
        }

        Position[] shared =
            [.. account.Positions.Where(each => each.Quantity != 0 && !account.IsIsolated(each.Market))];
        if (shared.Length == 0)
        {
            account.IsWarned = false;
            return;
        }

        long maintenance = shared.Sum(position => Margin.MaintenanceOf(state, position));
        long balance = account.WalletOf(shared[0].Market.Symbol.QuoteAsset) - Margin.IsolatedOf(account)
            + Margin.CrossUnrealizedOf(state, account);
        if (balance <= maintenance)
        {
            account.IsWarned = false;
            Close(account, shared);
            return;
        }

        bool isLow = (Int128)maintenance * 100 > (Int128)balance * WarnPercent;
        if (isLow && !account.IsWarned)
        {
            listener.OnMarginCall(account, core.NowMs());
        }

        account.IsWarned = isLow;
    }

    /// <summary>A position with a margin of its own loses that, and nothing more.</summary>
    private void CheckIsolated(FuturesAccount account, Position position)
    {
        long margin = account.IsolatedMarginOf(position);
        long mark = state.Of(position.Market).MarkPrice;
        bool isClosed = account.IsIsolated(position.Market)
            && margin + position.UnrealizedAt(mark) <= Margin.MaintenanceOf(state, position);
        if (isClosed)
        {
            long realized = position.Realized;
            Close(account, [position]);
            Insure(account, position.Market.Symbol, realized - position.Realized - margin);
        }
    }

    /// <summary>Ends an account's orders, and closes its positions.</summary>
    public void Close(FuturesAccount account) =>
        Close(account, [.. account.Positions.Where(position => position.Quantity != 0)]);

    /// <summary>Ends the orders of these positions' markets, and closes them.</summary>
    private void Close(FuturesAccount account, Position[] positions)
    {
        bool isAll = positions.Length == account.Positions.Count(position => position.Quantity != 0);
        _ = core.Change(transaction =>
        {
            foreach (ClientOrder order in account.Account.OpenOrders
                .Where(order => isAll || positions.Any(position => position.Market == order.Market)).ToList())
            {
                ExchangeCore.TakeOut(order);
                transaction.Expire(order, ExpiryReason.AccountLiquidated);
                transaction.Touch(order.Market, order.BookSide, order.Price);
            }

            return true;
        });
        foreach (Position position in positions)
        {
            ClientOrder closed = core.Change(transaction => ForcedClose.Of(
                transaction, state, position, FuturesOrderOrigin.Liquidation));
            listener.OnLiquidation(closed, core.NowMs());
            Insure(account, position.Market.Symbol, -account.WalletOf(position.Market.Symbol.QuoteAsset));
        }
    }

    private void Insure(FuturesAccount account, ListedSymbol symbol, long missing)
    {
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
