namespace Oms.ExchangeSimulator.Exchange;

/// <summary>Why a wallet of futures grew or shrank.</summary>
internal enum IncomeType : byte
{
    FundingFee,
    InsuranceClear,
    RealizedPnl,
    Commission,
}
