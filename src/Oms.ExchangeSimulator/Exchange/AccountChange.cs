namespace Oms.ExchangeSimulator.Exchange;

/// <summary>What one command changed of what an account holds.</summary>
internal sealed class AccountChange(Account account, AccountChangeReason reason)
{
    public Account Account { get; } = account;

    public AccountChangeReason Reason { get; } = reason;

    public SortedSet<string> Assets { get; } = new(StringComparer.Ordinal);

    /// <summary>What came from another wallet, or went to one (negative), of the one asset that changed.</summary>
    public long Transferred { get; set; }

    /// <summary>Of futures, in the order of their first change.</summary>
    public List<Position> Positions { get; } = [];

    public void Note(Position position)
    {
        if (!Positions.Contains(position))
        {
            Positions.Add(position);
        }
    }
}
