namespace Oms.ExchangeSimulator.Exchange;

/// <summary>What an account of futures got or paid that was no trade.</summary>
internal sealed record JournalIncome(
    string Account, string Symbol, IncomeType Type, string Asset, long Amount, long TransactionId);
