using System.Collections.Immutable;

namespace Oms.Exchanges;

/// <summary>
/// An exchange as configured. What is behind it (hosts, signatures, limits, streams) is its own affair.
/// </summary>
public interface IExchange : IDisposable
{
    IInstruments Instruments { get; }

    IBooks Books { get; }

    /// <summary>The door to one account; safe to be used by several callers at once.</summary>
    IExchangeAccount OpenAccount(AccountCredentials credentials);

    /// <summary>Transfers within the family of a main account.</summary>
    ITransfers OpenTransfers(AccountCredentials main);

    /// <summary>The one private stream of these accounts.</summary>
    IPrivateStream OpenPrivateStream(ImmutableArray<AccountCredentials> accounts);
}
