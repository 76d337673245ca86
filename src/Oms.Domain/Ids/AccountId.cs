namespace Oms.Domain.Ids;

/// <summary>
/// An account, numbered from 1 in the order in which it was first defined in the log; 0 is none.
/// </summary>
public readonly record struct AccountId(uint Value)
{
    public static AccountId None => default;

    public bool IsNone => Value == 0;

    public override string ToString() => Value.ToString();
}
