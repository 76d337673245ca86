using Oms.Domain.Ids;

namespace Oms.Simulation.World;

/// <summary>From one step to another an account was confirmed to be halted.</summary>
internal sealed record ConfirmedHalt(AccountId Account, int FromStep, int ToStep);
