namespace Oms.Cli.Trading;

/// <summary>A position as scripts read it. Null is "there is none".</summary>
internal sealed record PositionJson
{
    public required string Account { get; init; }

    public required string Market { get; init; }

    public required string Symbol { get; init; }

    public required string PositionSide { get; init; }

    public required string Quantity { get; init; }

    public required string? AveragePrice { get; init; }

    public required string RealizedPnl { get; init; }

    public required string? UnrealizedPnl { get; init; }

    public required string QuoteFees { get; init; }

    public required string BaseFees { get; init; }

    public static PositionJson Of(V1.Position position) => new()
    {
        Account = position.Account,
        Market = Wording.Of(position.Market),
        Symbol = position.Symbol,
        PositionSide = Wording.Of(position.PositionSide),
        Quantity = position.Quantity,
        AveragePrice = Wording.NullIfEmpty(position.AveragePrice),
        RealizedPnl = position.RealizedPnl,
        UnrealizedPnl = Wording.NullIfEmpty(position.UnrealizedPnl),
        QuoteFees = position.QuoteFees,
        BaseFees = position.BaseFees,
    };
}
