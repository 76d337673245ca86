namespace Oms.ExchangeSimulator.Exchange;

/// <summary>Why an account's holdings changed.</summary>
internal enum AccountChangeReason : byte
{
    Order,
    FundingFee,
    InsuranceClear,
    AssetTransfer,
}
