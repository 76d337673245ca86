namespace Oms.Cli.Firm;

/// <summary>A conversion price as scripts read it.</summary>
internal sealed record PriceJson(string Asset, string Name, string Price, long UnixNanos);
