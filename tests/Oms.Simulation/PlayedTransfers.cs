using Oms.Simulation.World;

namespace Oms.Simulation;

/// <summary>A played run in which money was moved, and bitcoins with what they cost.</summary>
public sealed class PlayedTransfers() : PlayedRun(
    Setting.Calm with { Desk = Desk.Whole with { MovesMoney = true } },
    seed: 2);
