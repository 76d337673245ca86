namespace Oms.Engine.Orders;

/// <summary>Whether a slot holds what is looked for.</summary>
internal interface ISlotMatch
{
    bool IsAt(int slot);
}
