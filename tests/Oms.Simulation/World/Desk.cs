using Oms.Domain.Ids;

namespace Oms.Simulation.World;

/// <summary>What a run trades: accounts, and instruments, as far as the configuration of the run has them.</summary>
internal sealed record Desk
{
    /// <summary>Spot at one exchange.</summary>
    public static Desk Spot { get; } = new()
    {
        Routed = [Venue.Alone, Venue.Left, Venue.Right, Venue.Wild],
        Inside = [],
        Listed = [Venue.BtcUsdt, Venue.EthUsdt],
        Instruments = [Venue.BtcUsdt, Venue.EthUsdt],
    };

    /// <summary>Spot and futures at one exchange, and an instrument that is matched inside FastPath.</summary>
    public static Desk Whole { get; } = new()
    {
        Routed = Spot.Routed,
        Inside = [Venue.House, Venue.Twin, Venue.Other],
        Listed = [Venue.BtcUsdt, Venue.EthUsdt, Venue.Perpetual],
        Instruments =
        [
            Venue.BtcUsdt, Venue.EthUsdt, Venue.Perpetual, Venue.Perpetual, Venue.InsideBtc, Venue.InsideBtc,
        ],
    };

    /// <summary>Accounts at the exchange.</summary>
    public required AccountId[] Routed { get; init; }

    /// <summary>Accounts whose orders are matched inside FastPath.</summary>
    public required AccountId[] Inside { get; init; }

    /// <summary>Instruments of the exchange.</summary>
    public required InstrumentId[] Listed { get; init; }

    /// <summary>What clients order, each as often as it stands here.</summary>
    public required InstrumentId[] Instruments { get; init; }

    /// <summary>Some accounts may lose and borrow so little that they feel it.</summary>
    public bool AreLossesLimited { get; init; }

    /// <summary>Money is moved between accounts of one owner, and between their wallets.</summary>
    public bool MovesMoney { get; init; }

    /// <summary>So many transfers are remembered: of more the longest settled are forgotten.</summary>
    public int TransfersHeldMax { get; init; } = 64;

    public AccountId[] Accounts => [.. Routed, .. Inside];

    public bool HasFutures => Listed.Contains(Venue.Perpetual);

    /// <summary>Who may trade an instrument.</summary>
    public AccountId[] TradersOf(InstrumentId instrument) => Venue.IsInside(instrument) ? Inside : Routed;

    /// <summary>What some accounts may lose since midnight, in USDT; null where that is not limited.</summary>
    public decimal? LossMaxOf(AccountId account) =>
        AreLossesLimited && Venue.LossMaxes.TryGetValue(account, out decimal max) ? max : null;

    /// <summary>What an account's futures may be worth at worst for each USDT in its futures wallet.</summary>
    public decimal LeverageMaxOf(AccountId account) =>
        AreLossesLimited ? Venue.LeverageMaxes.GetValueOrDefault(account, Venue.Leverage) : Venue.Leverage;

    /// <summary>Of a seed: most runs trade everything.</summary>
    public static Desk Of(ulong seed)
    {
        var dice = new Dice(~seed);
        return dice.Chance(750)
            ? Whole with
            {
                AreLossesLimited = dice.Chance(600),
                MovesMoney = dice.Chance(700),
                TransfersHeldMax = dice.Chance(700) ? 64 : 6,
            }
            : Spot;
    }

    public override string ToString() =>
        (HasFutures ? "whole" : "spot")
        + (AreLossesLimited ? ", losses limited" : "")
        + (MovesMoney ? $", moves money, {TransfersHeldMax} times remembered" : "");
}
