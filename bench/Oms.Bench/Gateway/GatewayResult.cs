namespace Oms.Bench.Gateway;

/// <summary>What <c>gateway</c> found. Times are microseconds.</summary>
internal sealed record GatewayResult
{
    public string Bench { get; } = "gateway";

    /// <summary>PlaceOrder, one outstanding: request to FastPath's answer.</summary>
    public required double UnaryUsP50 { get; init; }

    public required double UnaryUsP99 { get; init; }

    /// <summary>StreamCommands, one order outstanding: message to outcome.</summary>
    public required double StreamUsP50 { get; init; }

    public required double StreamUsP99 { get; init; }

    /// <summary>The same calls with a ping, which the gateway answers itself.</summary>
    public required double EchoUnaryUsP50 { get; init; }

    public required double EchoUnaryUsP99 { get; init; }

    public required double EchoStreamUsP50 { get; init; }

    public required double EchoStreamUsP99 { get; init; }

    /// <summary>The stream's median over its echo's.</summary>
    public required double StreamOverEcho { get; init; }

    /// <summary>Orders per second to FastPath's answer, of so many clients that stream in batches.</summary>
    [System.Text.Json.Serialization.JsonPropertyName("orders_per_s_1")]
    public required double OrdersPerS1 { get; init; }

    [System.Text.Json.Serialization.JsonPropertyName("orders_per_s_10")]
    public required double OrdersPerS10 { get; init; }

    [System.Text.Json.Serialization.JsonPropertyName("orders_per_s_100")]
    public required double OrdersPerS100 { get; init; }

    /// <summary>Orders that the desk's limits refused in the parts above: answers too.</summary>
    public required long Refused { get; init; }

    /// <summary>Of the gateway.</summary>
    public required double RssMb { get; init; }

    public required double OthersCpuPercent { get; init; }
}
