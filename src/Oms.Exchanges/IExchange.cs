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
    /// <param name="credentials">The account's, for each market that it trades.</param>
    IExchangeAccount OpenAccount(ImmutableArray<AccountCredentials> credentials);

    /// <summary>
    /// Tells of an account that is at this exchange and trades in this market alone: a transfer may have to name it
    /// in the others.
    /// </summary>
    void Know(AccountCredentials account);

    /// <summary>
    /// Transfers within the family of a main account; null where its market has no part in them.
    /// </summary>
    ITransfers? OpenTransfers(AccountCredentials main);

    /// <summary>
    /// The private stream of these accounts: one is up when it is up in each of its markets.
    /// </summary>
    IPrivateStream OpenPrivateStream(ImmutableArray<AccountCredentials> accounts);
}
