using Oms.Simulation.World;

namespace Oms.Simulation;

/// <summary>A played run in which money was moved.</summary>
public sealed class PlayedTransfers() : PlayedRun(Setting.Calm with { Desk = Desk.Whole with { MovesMoney = true } });
