namespace Oms.Cli.Supervision;

/// <summary>What a process said when it was asked how it is.</summary>
/// <param name="State"><see cref="SupervisedState.Unresponsive"/> when it said nothing.</param>
internal sealed record ProbeAnswer(SupervisedState State, string Detail)
{
    public bool IsSignOfLife => State != SupervisedState.Unresponsive;
}
