namespace Oms.Cli.Trading;

/// <summary>The microseconds of each stage.</summary>
internal sealed record StagesJson(
    long Gateway, long Ring, long Risk, long Connector, long Exchange, long Back)
{
    public static StagesJson? Of(V1.Stages? stages) => stages is null
        ? null
        : new(
            stages.GatewayUs, stages.RingUs, stages.RiskUs, stages.ConnectorUs, stages.ExchangeUs,
            stages.BackUs);
}
