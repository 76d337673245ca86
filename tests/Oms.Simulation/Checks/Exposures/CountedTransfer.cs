using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Domain.Transfers;

namespace Oms.Simulation.Checks.Exposures;

/// <summary>
/// A transfer as its reports tell of it. It has two legs, or, between futures wallets of two accounts, four, over the
/// spot wallet of the first: out of a place, into the next.
/// </summary>
internal sealed class CountedTransfer
{
    private readonly (AccountId Account, Market Wallet)[] _places;
    private readonly AssetId _asset;
    private readonly long _amount;
    private int _booked;
    private bool _isOver;

    public CountedTransfer(in TransferReport report)
    {
        _places = TransferRoute.Of(
            report.Header.AccountId, report.FromWallet, report.ToAccountId, report.ToWallet);
        (_asset, _amount) = (report.AssetId, report.Amount);
    }

    /// <summary>What of the position in its asset goes along, and what that cost.</summary>
    public (long Quantity, long Cost) Basis { get; set; }

    /// <summary>The last leg is booked.</summary>
    public bool HasArrived => _booked == _places.Length;

    public void Take(in TransferReport report)
    {
        _booked = report.Step is TransferStep.Debited or TransferStep.Credited ? report.Leg
            : report.Step == TransferStep.Reversed ? (report.Hop - 1) * 2
            : _booked;
        _isOver = TransferLifecycle.IsFinal(report.Status);
    }

    /// <summary>By how much it changed the total of a row so far.</summary>
    public long Moved(AccountId account, Market wallet, AssetId asset) => asset != _asset ? 0 : _places
        .Take(_booked)
        .Select((place, leg) => place != (account, wallet) ? 0 : leg % 2 == 0 ? -_amount : _amount)
        .Sum();

    /// <summary>What it holds of a row until it goes on.</summary>
    public long Reserved(AccountId account, Market wallet, AssetId asset) =>
        !_isOver && _booked % 2 == 0 && asset == _asset && _places[_booked] == (account, wallet) ? _amount : 0;

    /// <summary>What left a row and has not arrived.</summary>
    public long InTransit(AccountId account, Market wallet, AssetId asset) =>
        _booked % 2 == 1 && asset == _asset && _places[_booked - 1] == (account, wallet) ? _amount : 0;
}
