namespace Oms.Exchanges;

/// <summary>The books of the configured listings.</summary>
public interface IBooks
{
    /// <summary>
    /// Keeps the books until cancelled; a book that cannot be trusted is reported as zeros meanwhile.
    /// </summary>
    Task Run(IExchangeListener listener, CancellationToken cancellation);
}
