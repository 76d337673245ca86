using System.Collections.Concurrent;
using Oms.Domain;
using Oms.Domain.Accounts;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.SharedMemory.Tables;

namespace Oms.Silo.Text;

/// <summary>
/// What the numbers in events mean. A number never changes its meaning, so what was found once is kept:
/// FastPath shows nothing for a moment while it starts. Any thread may ask.
/// </summary>
internal sealed class EventNames(ListingDirectory listings)
{
    private readonly ConcurrentDictionary<AccountId, AccountName> _accounts = [];
    private readonly ConcurrentDictionary<AssetId, AssetDefined> _assets = [];
    private readonly ConcurrentDictionary<InstrumentId, InstrumentDefined> _instruments = [];

    /// <exception cref="NameUnknownException">The tables do not show it now.</exception>
    public AccountName AccountOf(AccountId id)
    {
        if (_accounts.TryGetValue(id, out AccountName name))
        {
            return name;
        }

        if (!listings.TryGet(id, out AccountDefined account))
        {
            throw new NameUnknownException("account", id.Value);
        }

        Invariant.Holds(AccountName.TryParse(account.Name.ToString(), out name));
        _accounts[id] = name;
        return name;
    }

    /// <summary>False for a number that no account has, or none that the tables show now.</summary>
    public bool TryFindAccount(AccountId id, out AccountName name)
    {
        name = default;
        return _accounts.TryGetValue(id, out name)
            || (listings.TryGet(id, out AccountDefined account)
                && AccountName.TryParse(account.Name.ToString(), out name));
    }

    /// <summary>The name of an owner group by its number; null where no account is of it.</summary>
    /// <param name="groupOf">The group of a configured account, by the account's name.</param>
    public string? GroupOf(uint number, Func<string, string?> groupOf) => listings.Accounts
        .Where(account => account.OwnerGroup == number)
        .Select(account => groupOf(account.Name.ToString()))
        .FirstOrDefault(group => group is not null);

    /// <summary>Who gets a transfer; null where the client named an account that does not exist.</summary>
    /// <exception cref="NameUnknownException">The tables do not show it now.</exception>
    public AccountName? ReceiverOf(in TransferReport report) =>
        IsInvented(in report) && !listings.TryGet(report.ToAccountId, out AccountDefined _)
            ? null
            : AccountOf(report.ToAccountId);

    /// <summary>What is transferred; null where the client named an asset that does not exist.</summary>
    /// <exception cref="NameUnknownException">The tables do not show it now.</exception>
    public AssetDefined? AssetOf(in TransferReport report) =>
        IsInvented(in report) && !listings.TryGet(report.AssetId, out AssetDefined _)
            ? null
            : AssetOf(report.AssetId);

    /// <inheritdoc cref="AccountOf"/>
    public AssetDefined AssetOf(AssetId id)
    {
        if (_assets.TryGetValue(id, out AssetDefined asset))
        {
            return asset;
        }

        if (!listings.TryGet(id, out asset))
        {
            throw new NameUnknownException("asset", id.Value);
        }

        _assets[id] = asset;
        return asset;
    }

    /// <inheritdoc cref="AccountOf"/>
    public InstrumentDefined InstrumentOf(InstrumentId id) => TryFind(id, out InstrumentDefined instrument)
        ? instrument
        : throw new NameUnknownException("instrument", id.Value);

    /// <summary>The instrument of a report; null where the client named one that does not exist.</summary>
    /// <exception cref="NameUnknownException">The tables do not show it now.</exception>
    public InstrumentDefined? InstrumentOf(in ExecutionReport report)
    {
        bool mayBeInvented =
            report.RejectReason is RejectReason.InstrumentUnknown or RejectReason.DuplicateClientOrderId;
        return mayBeInvented && !TryFind(report.InstrumentId, out _)
            ? null
            : InstrumentOf(report.InstrumentId);
    }

    /// <summary>
    /// The instrument of the order whose cancel was refused; null where there is no such order.
    /// </summary>
    /// <exception cref="NameUnknownException">The tables do not show it now.</exception>
    public InstrumentDefined? InstrumentOf(in CancelRejected rejected) =>
        rejected.InstrumentId.IsNone ? null : InstrumentOf(rejected.InstrumentId);

    /// <summary>What was refused before it was a transfer may name anything.</summary>
    private static bool IsInvented(in TransferReport report) => report.TransferId.IsNone;

    private bool TryFind(InstrumentId id, out InstrumentDefined instrument)
    {
        if (_instruments.TryGetValue(id, out instrument))
        {
            return true;
        }

        bool isFound = listings.TryGet(id, out instrument);
        if (isFound)
        {
            _instruments[id] = instrument;
        }

        return isFound;
    }
}
