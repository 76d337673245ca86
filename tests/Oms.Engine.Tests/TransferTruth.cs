using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Domain.Transfers;

namespace Oms.Engine.Tests;

/// <summary>
/// An exchange that moves money and answers badly: late, not at all, that it cannot now; that takes a request and
/// carries it out later, or then not; and that tells of a balance twice. What it did it knows, and its history says it.
/// </summary>
internal sealed class TransferTruth
{
    private readonly Desk _desk;
    private readonly Random _dice;
    private readonly Dictionary<(TransferId Id, byte Hop), TransferEvidence> _taken = [];
    private readonly List<SubmitTransfer> _underWay = [];
    private readonly List<Action> _deliveries = [];
    private int _told;

    /// <param name="dice">Decides what goes wrong.</param>
    public TransferTruth(Desk desk, Random dice)
    {
        (_desk, _dice) = (desk, dice);
        foreach (((AccountId account, Market wallet, AssetId asset), BalanceChanged row) in desk.Tables.Balances)
        {
            Holdings[(account, wallet, asset)] = row.Free + row.ReservedAmount;
        }
    }

    public Dictionary<(AccountId Account, Market Wallet, AssetId Asset), long> Holdings { get; } = [];

    /// <summary>Whether anything goes wrong from now on.</summary>
    public bool IsCalm { get; set; }

    /// <summary>The numbers of the transfers that took place.</summary>
    public IEnumerable<long> DoneIds =>
        _taken.Where(each => each.Value == TransferEvidence.Done).Select(each => each.Key.Id.Value);

    /// <summary>Takes in what the engine asked for since the last time.</summary>
    public void Listen()
    {
        for (; _told < _desk.Output.Count; _told++)
        {
            byte[] said = _desk.Output[_told];
            if (MessageBytes.Header(said).Kind == MessageKind.SubmitTransfer)
            {
                Take(MessageBytes.As<SubmitTransfer>(said));
            }
            else if (MessageBytes.Header(said).Kind == MessageKind.ResolveTransfer && (IsCalm || _dice.Next(4) > 0))
            {
                Answer(MessageBytes.As<ResolveTransfer>(said));
            }
        }
    }

    /// <summary>Delivers one of the messages on their way, in any order, or carries out what was taken.</summary>
    public void Deliver()
    {
        if (_underWay.Count > 0 && _dice.Next(4) == 0)
        {
            SubmitTransfer asked = _underWay[0];
            _underWay.RemoveAt(0);
            CarryOut(asked, isWilling: _dice.Next(3) > 0);
        }
        else if (_deliveries.Count > 0)
        {
            int index = _dice.Next(_deliveries.Count);
            Action delivery = _deliveries[index];
            _deliveries.RemoveAt(index);
            delivery();
        }
    }

    /// <summary>The connector dies, and what it had not told.</summary>
    public void Lose() => _deliveries.Clear();

    private void Take(SubmitTransfer asked)
    {
        (TransferId Id, byte Hop) key = (asked.TransferId, asked.Hop);
        int luck = IsCalm ? 0 : _dice.Next(8);
        bool IsSame(SubmitTransfer each) => (each.TransferId, each.Hop) == key;
        if (luck is 1)
        {
            _deliveries.Add(() => _desk.Send(Say.RefusedTransfer(
                asked.TransferId, asked.Hop, RejectReason.ExchangeRateLimited)));
        }
        else if (luck is 2)
        {
            _deliveries.Add(() => _desk.Send(Say.UnknownTransfer(asked.TransferId, asked.Hop)));
        }
        else if (luck is 3 && !_taken.ContainsKey(key))
        {
            _deliveries.Add(() => _desk.Send(Say.RefusedTransfer(
                asked.TransferId, asked.Hop, RejectReason.ExchangeRefused)));
        }
        else if (!_taken.ContainsKey(key) && !IsThere(asked))
        {
            _deliveries.Add(() => _desk.Send(Say.RefusedTransfer(
                asked.TransferId, asked.Hop, RejectReason.ExchangeInsufficientBalance)));
        }
        else
        {
            if (_taken.TryAdd(key, TransferEvidence.Accepted) && luck is 5)
            {
                _underWay.Add(asked);
            }
            else if (_taken[key] == TransferEvidence.Accepted && !_underWay.Exists(IsSame))
            {
                CarryOut(asked, isWilling: true);
            }

            _deliveries.Add(luck is 4
                ? () => _desk.Send(Say.UnknownTransfer(asked.TransferId, asked.Hop))
                : () => _desk.Send(Say.SeenTransfer(asked.TransferId, asked.Hop, TransferEvidence.Accepted)));
        }
    }

    private bool IsThere(in SubmitTransfer asked) =>
        Holdings.GetValueOrDefault((asked.Header.AccountId, asked.FromWallet, asked.AssetId)) >= asked.Amount;

    private void CarryOut(SubmitTransfer asked, bool isWilling)
    {
        bool isDone = isWilling && IsThere(asked);
        _taken[(asked.TransferId, asked.Hop)] = isDone ? TransferEvidence.Done : TransferEvidence.Failed;
        if (isDone)
        {
            Change(asked.Header.AccountId, asked.FromWallet, asked.AssetId, -asked.Amount);
            Change(asked.ToAccountId, asked.ToWallet, asked.AssetId, asked.Amount);
        }
    }

    private void Change(AccountId account, Market wallet, AssetId asset, long amount)
    {
        Holdings[(account, wallet, asset)] = Holdings.GetValueOrDefault((account, wallet, asset)) + amount;
        int times = IsCalm ? 1 : _dice.Next(6) switch { 0 => 0, 1 => 2, _ => 1 };
        for (; times > 0; times--)
        {
            _deliveries.Add(() => _desk.Send(Say.Moved(account, asset, amount, wallet)));
        }
    }

    private void Answer(ResolveTransfer asked)
    {
        if (_taken.TryGetValue((asked.TransferId, asked.Hop), out TransferEvidence evidence))
        {
            _desk.Send(Say.SeenTransfer(asked.TransferId, asked.Hop, evidence));
        }
        else
        {
            _desk.Send(Say.AbsentTransfer(asked.TransferId, asked.Hop));
        }
    }
}
