using Oms.Domain.Accounts;
using Oms.Domain.Text;

namespace Oms.Engine.State;

/// <summary>What the engine knows of an exchange.</summary>
internal sealed class ExchangeState(in Text16 name)
{
    public Text16 Name { get; } = name;

    public HaltState Halt { get; set; } = HaltState.Resumed;

    public bool IsHalted => Halt != HaltState.Resumed;

    /// <summary>It is none: what is listed there is matched here.</summary>
    public bool IsMatchedHere { get; set; }
}
