using Oms.ExchangeSimulator.Exchange;

namespace Oms.ExchangeSimulator.Futures;

/// <summary>
/// Books what moves a wallet of futures without a trade; the same live and when the journal is replayed.
/// </summary>
internal static class FuturesIncome
{
    public static void Book(
        Transaction transaction, FuturesState state, FuturesAccount account, ListedSymbol symbol, IncomeType type,
        long amount)
    {
        JournalIncome income = new(
            account.Account.Name, symbol.Name, type, symbol.QuoteAsset, amount, state.Shared.NextExecutionId());
        (transaction.Batch.Incomes ??= []).Add(income);
        Apply(account, income, transaction.TimeMs);
    }

    public static void Apply(FuturesAccount account, JournalIncome income, long timeMs)
    {
        account.Account.BalanceOf(income.Asset).Book(income.Amount);
        account.Incomes.Add(new Income(
            income.Symbol, income.Type, income.Asset, income.Amount, timeMs, income.TransactionId, 0));
    }
}
