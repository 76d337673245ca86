using System.Runtime.InteropServices;
using Oms.Domain;
using Oms.Domain.Ids;
using Oms.Domain.Text;
using Oms.Engine.Ledgers;

namespace Oms.Engine.Transfers;

/// <summary>
/// The transfers that the engine holds: all live ones, and settled ones for as long as there is room, the longest
/// settled leaving first. Everything is allocated ahead of need.
/// </summary>
internal sealed class TransferStore
{
    private readonly Dictionary<TransferId, int> _byId = [];
    private readonly Dictionary<Text32, int> _byClientId = [];
    private readonly List<int> _live = [];
    private readonly Queue<int> _settled = [];
    private readonly Stack<int> _free = [];
    private TransferState[] _slots = [];
    private int[] _liveOf = [];

    /// <summary>Of the last transfer of this epoch.</summary>
    public long Number { get; set; }

    /// <summary>A transfer that was wanted until then may have been forgotten, and its id with it.</summary>
    public long ForgottenIntentUnixNanos { get; set; }

    /// <summary>When the first of the live ones is to be looked at, or earlier; Unix nanoseconds.</summary>
    public long NextRetryUnixNanos { get; set; } = long.MaxValue;

    /// <summary>Slots of those that are not settled, in the order in which they came.</summary>
    public ReadOnlySpan<int> Live => CollectionsMarshal.AsSpan(_live);

    /// <summary>Slots of those that are, in the order in which they became it.</summary>
    public Queue<int> Settled => _settled;

    public ref TransferState this[int slot] => ref _slots[slot];

    public bool HasRoom => (_free.Count > 0 || _settled.Count > 0) && Number < OrderId.NumberMax;

    public void Grow(int heldMax, int accountsMax)
    {
        int before = _slots.Length;
        Array.Resize(ref _liveOf, accountsMax + 1);
        Array.Resize(ref _slots, heldMax);
        _ = _byId.EnsureCapacity(heldMax);
        _ = _byClientId.EnsureCapacity(heldMax);
        _ = _live.EnsureCapacity(heldMax);
        _ = _settled.EnsureCapacity(heldMax);
        _ = _free.EnsureCapacity(heldMax);
        for (int slot = heldMax - 1; slot >= before; slot--)
        {
            _free.Push(slot);
        }
    }

    public bool TryFind(TransferId id, out int slot) => _byId.TryGetValue(id, out slot);

    public bool TryFind(in Text32 clientTransferId, out int slot) =>
        _byClientId.TryGetValue(clientTransferId, out slot);

    /// <summary>Holds a new transfer; forgets the longest settled one where there is no room else.</summary>
    public int Add(in TransferState transfer)
    {
        Invariant.Holds(HasRoom);
        if (_free.Count == 0)
        {
            Forget(_settled.Dequeue());
        }

        int slot = _free.Pop();
        _slots[slot] = transfer;
        _byId.Add(transfer.TransferId, slot);
        _byClientId.Add(transfer.ClientTransferId, slot);
        _live.Add(slot);
        CountLive(in transfer, 1);
        return slot;
    }

    /// <summary>It became settled.</summary>
    public void MarkSettled(int slot)
    {
        Invariant.Holds(_live.Remove(slot));
        CountLive(in _slots[slot], -1);
        _settled.Enqueue(slot);
        RetryAt(slot, 0);
    }

    /// <summary>When a live one is to be looked at.</summary>
    public void RetryAt(int slot, long unixNanos)
    {
        _slots[slot].RetryAtUnixNanos = unixNanos;
        NextRetryUnixNanos = unixNanos == 0 ? NextRetryUnixNanos : Math.Min(NextRetryUnixNanos, unixNanos);
    }

    /// <summary>Holds a saved one; those that are settled come first, in their order.</summary>
    public void Restore(in TransferState transfer)
    {
        int slot = Add(in transfer);
        RetryAt(slot, transfer.RetryAtUnixNanos);
        if (transfer.IsSettled)
        {
            MarkSettled(slot);
        }
    }

    /// <summary>What legs of live transfers may still take from a row, or add to it.</summary>
    public long Pending(BalanceRow row, bool isCredit)
    {
        Int128 sum = 0;
        foreach (int slot in Live)
        {
            ref readonly TransferState transfer = ref _slots[slot];
            for (int leg = transfer.LegsBooked; leg < transfer.HopCount * 2; leg++)
            {
                bool isMeant = leg % 2 == (isCredit ? 1 : 0) && IsOf(in transfer, leg, row);
                sum += isMeant ? transfer.Amount : 0;
            }
        }

        return Amounts.Saturated(sum);
    }

    /// <summary>
    /// How much less of a row, and how much more, the exchange may hold than is booked: legs that are not, and legs
    /// that balance events booked of a hop that history does not have as done yet.
    /// </summary>
    public (long Less, long More) Doubtful(BalanceRow row)
    {
        (Int128 less, Int128 more) = (0, 0);
        foreach (int slot in Live)
        {
            ref readonly TransferState transfer = ref _slots[slot];
            for (int leg = transfer.FirstLeg; leg < transfer.HopCount * 2; leg++)
            {
                long amount = IsOf(in transfer, leg, row) ? transfer.Amount : 0;
                bool isMore = (leg % 2 != 0) == (leg >= transfer.LegsBooked);
                less += isMore ? 0 : amount;
                more += isMore ? amount : 0;
            }
        }

        return (Amounts.Saturated(less), Amounts.Saturated(more));
    }

    /// <summary>Whether a transfer of an account is not settled.</summary>
    public bool HasLive(AccountId account) => _liveOf[account.Value] > 0;

    private static bool IsOf(in TransferState transfer, int leg, BalanceRow row) =>
        transfer.AssetId == row.Asset.Definition.AssetId
        && transfer.AccountOf(leg) == row.Account.Id
        && transfer.WalletOf(leg) == row.Wallet;

    private void CountLive(in TransferState transfer, int change)
    {
        _liveOf[transfer.FromAccountId.Value] += change;
        _liveOf[transfer.ToAccountId.Value] += transfer.IsWithinAccount ? 0 : change;
    }

    private void Forget(int slot)
    {
        ref TransferState transfer = ref _slots[slot];
        Invariant.Holds(transfer.IsSettled);
        ForgottenIntentUnixNanos = Math.Max(ForgottenIntentUnixNanos, transfer.IntentUnixNanos);
        _ = _byId.Remove(transfer.TransferId);
        _ = _byClientId.Remove(transfer.ClientTransferId);
        transfer = default;
        _free.Push(slot);
    }
}
