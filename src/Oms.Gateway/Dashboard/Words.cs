using System.Text.Json;

namespace Oms.Gateway.Dashboard;

/// <summary>The contract's words as people read them.</summary>
internal static class Words
{
    /// <summary><c>PartiallyFilled</c> is "partially filled".</summary>
    public static string Of<TEnum>(TEnum value)
        where TEnum : struct, Enum =>
        JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()).Replace('_', ' ');

    /// <summary>How a status looks: as something that is well, ended badly, waits, or neither.</summary>
    public static string ToneOf(V1.OrderStatus status) => status switch
    {
        V1.OrderStatus.Filled => "healthy",
        V1.OrderStatus.Rejected or V1.OrderStatus.Unknown => "unhealthy",
        V1.OrderStatus.PendingNew or V1.OrderStatus.PendingCancel or V1.OrderStatus.PendingReplace => "degraded",
        _ => "plain",
    };

    /// <inheritdoc cref="ToneOf(V1.OrderStatus)"/>
    public static string ToneOf(V1.TransferStatus status) => status switch
    {
        V1.TransferStatus.Completed => "healthy",
        V1.TransferStatus.Rejected or V1.TransferStatus.Stranded => "unhealthy",
        V1.TransferStatus.Reserved or V1.TransferStatus.InTransit => "degraded",
        _ => "plain",
    };
}
