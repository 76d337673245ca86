namespace Oms.ExchangeSimulator.Exchange;

/// <summary>The state that an order must be in to be canceled.</summary>
internal enum CancelRestriction : byte
{
    None,
    OnlyNew,
    OnlyPartiallyFilled,
}
