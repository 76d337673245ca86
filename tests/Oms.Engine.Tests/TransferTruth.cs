using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Domain.Transfers;

namespace Oms.Engine.Tests;

/// <summary>
/// An exchange that moves money and answers badly: late, not at all, that it cannot now. What it did it knows, and its
/// history says it.
/// </summary>
internal sealed class TransferTruth
{
    private readonly Desk _desk;
    private readonly Random _dice;
    private readonly Dictionary<(TransferId Id, byte Hop), SubmitTransfer> _done = [];
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
    public IEnumerable<long> DoneIds => _done.Keys.Select(done => done.Id.Value);

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

    /// <summary>Delivers one of the messages on their way, in any order.</summary>
    public void Deliver()
    {
        if (_deliveries.Count > 0)
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
        (TransferId, byte) key = (asked.TransferId, asked.Hop);
        int luck = IsCalm ? 0 : _dice.Next(8);
        if (luck is 1)
        {
            _deliveries.Add(() => _desk.Send(Say.RefusedTransfer(
                asked.TransferId, asked.Hop, RejectReason.ExchangeRateLimited)));
        }
        else if (luck is 2)
        {
            _deliveries.Add(() => _desk.Send(Say.UnknownTransfer(asked.TransferId, asked.Hop)));
        }
        else if (luck is 3 && !_done.ContainsKey(key))
        {
            _deliveries.Add(() => _desk.Send(Say.RefusedTransfer(
                asked.TransferId, asked.Hop, RejectReason.ExchangeRefused)));
        }
        else
        {
            if (_done.TryAdd(key, asked))
            {
                Move(asked);
            }

            _deliveries.Add(luck is 4
                ? () => _desk.Send(Say.UnknownTransfer(asked.TransferId, asked.Hop))
                : () => _desk.Send(Say.SeenTransfer(asked.TransferId, asked.Hop, TransferEvidence.Accepted)));
        }
    }

    private void Move(SubmitTransfer asked)
    {
        AccountId from = asked.Header.AccountId;
        Change(from, asked.FromWallet, asked.AssetId, -asked.Amount);
        Change(asked.ToAccountId, asked.ToWallet, asked.AssetId, asked.Amount);
    }

    private void Change(AccountId account, Market wallet, AssetId asset, long amount)
    {
        Holdings[(account, wallet, asset)] = Holdings.GetValueOrDefault((account, wallet, asset)) + amount;
        if (IsCalm || _dice.Next(4) > 0)
        {
            _deliveries.Add(() => _desk.Send(Say.Moved(account, asset, amount, wallet)));
        }
    }

    private void Answer(ResolveTransfer asked)
    {
        if (_done.ContainsKey((asked.TransferId, asked.Hop)))
        {
            _desk.Send(Say.SeenTransfer(asked.TransferId, asked.Hop, TransferEvidence.Done));
        }
        else
        {
            _desk.Send(Say.AbsentTransfer(asked.TransferId, asked.Hop));
        }
    }
}
