using System.CommandLine;

namespace Oms.Cli.Commands;

/// <summary><c>oms order</c>: places and cancels.</summary>
internal static class OrderCommand
{
    public static Command Create(DeploymentOptions deployment) => new("order", "Places and cancels orders.")
    {
        PlaceOrderCommand.Create(deployment),
        CancelOrderCommand.Create(deployment),
    };
}
