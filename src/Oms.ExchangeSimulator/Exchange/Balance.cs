namespace Oms.ExchangeSimulator.Exchange;

/// <summary>One asset of one account.</summary>
internal sealed class Balance(string asset)
{
    public string Asset { get; } = asset;

    /// <summary>What the account had before its first trade.</summary>
    public long Opening { get; private set; }

    public long Free { get; private set; }

    /// <summary>What open orders have set aside.</summary>
    public long Locked { get; private set; }

    /// <summary>Whether nothing was ever given or received.</summary>
    public bool IsUntouched => Opening == 0 && Free == 0 && Locked == 0;

    public void Open(long amount)
    {
        Opening += amount;
        Free += amount;
    }

    public void Receive(long amount) => Move(amount, 0);

    public void Pay(long amount) => Move(-amount, 0);

    public void Lock(long amount) => Move(-amount, amount);

    public void Unlock(long amount) => Move(amount, -amount);

    public void PayLocked(long amount) => Move(0, -amount);

    /// <summary>Books a gain or a loss, of a wallet that a loss may overdraw.</summary>
    public void Book(long amount) => Free += amount;

    /// <summary>Adds what came from another wallet, or takes away what goes to one.</summary>
    public void Transfer(long amount) => Move(amount, 0);

    private void Move(long free, long locked)
    {
        Free += free;
        Locked += locked;
        Domain.Invariant.Holds(Free >= 0 && Locked >= 0);
    }
}
