namespace Oms.Simulation.World;

/// <summary>What a run is like: drawn from its seed.</summary>
internal sealed record Setting
{
    public required Desk Desk { get; init; }

    /// <summary>All accounts share a limit: what one does, others feel.</summary>
    public required bool HasFirmLimit { get; init; }

    public required int Steps { get; init; }

    /// <summary>The log survives the machine, so that the machine may die.</summary>
    public required bool IsDiskDurable { get; init; }

    public required int RingBytes { get; init; }

    public required long SegmentBytes { get; init; }

    /// <summary>Of a thousand exchange messages, each.</summary>
    public required int Dropped { get; init; }

    public required int Duplicated { get; init; }

    public required int Delayed { get; init; }

    /// <summary>Of a thousand requests.</summary>
    public required int Refused { get; init; }

    /// <summary>Of a thousand steps, each.</summary>
    public required int FastPathDies { get; init; }

    public required int MachineDies { get; init; }

    public required int ConnectorDies { get; init; }

    public required int GatewayDies { get; init; }

    public required int StreamFails { get; init; }

    public required int DiskFails { get; init; }

    public required int ClockSteps { get; init; }

    public required int PeerStalls { get; init; }

    /// <summary>Nothing fails.</summary>
    public static Setting Calm { get; } = new()
    {
        Desk = Desk.Whole,
        HasFirmLimit = false,
        Steps = 3000,
        IsDiskDurable = false,
        RingBytes = 1 << 16,
        SegmentBytes = 1 << 18,
        Dropped = 0,
        Duplicated = 0,
        Delayed = 0,
        Refused = 0,
        FastPathDies = 0,
        MachineDies = 0,
        ConnectorDies = 0,
        GatewayDies = 0,
        StreamFails = 0,
        DiskFails = 0,
        ClockSteps = 0,
        PeerStalls = 0,
    };

    /// <summary>Each run has some faults often, some seldom and some not at all.</summary>
    public static Setting Drawn(Dice dice, Desk desk)
    {
        bool isDiskDurable = dice.Chance(600);
        return new()
        {
            Desk = desk,
            HasFirmLimit = desk.HasFutures && dice.Chance(300),
            Steps = (int)dice.Between(2000, 5000),
            IsDiskDurable = isDiskDurable,
            RingBytes = 1 << (int)dice.Between(13, 17),
            SegmentBytes = 1 << (int)dice.Between(16, 19),
            Dropped = Rate(dice, 60),
            Duplicated = Rate(dice, 100),
            Delayed = Rate(dice, 150),
            Refused = Rate(dice, 60),
            FastPathDies = Rate(dice, 12),
            MachineDies = isDiskDurable ? Rate(dice, 5) : 0,
            ConnectorDies = Rate(dice, 6),
            GatewayDies = Rate(dice, 6),
            StreamFails = Rate(dice, 10),
            DiskFails = Rate(dice, 8),
            ClockSteps = Rate(dice, 8),
            PeerStalls = Rate(dice, 4),
        };
    }

    private static int Rate(Dice dice, int max) => dice.Below(4) switch
    {
        0 => 0,
        1 => (int)dice.Between(1, Math.Max(1, max / 4)),
        _ => (int)dice.Between(1, max),
    };
}
