namespace Oms.Exchanges;

/// <summary>One account: it sends orders, and it answers questions about itself.</summary>
public interface IExchangeAccount : IOrderEntry, IAccountEvidence;
