using System.Diagnostics.CodeAnalysis;

namespace Oms.Configuration;

/// <summary>
/// What every process of a deployment is started with: <c>--configs DIR --data DIR</c>, in either order.
/// </summary>
public sealed record ProcessArguments(string ConfigsFolder, string DataFolder)
{
    public const string Usage = "--configs DIR --data DIR";

    public static bool TryParse(
        ReadOnlySpan<string> arguments, [NotNullWhen(true)] out ProcessArguments? parsed)
    {
        parsed = arguments switch
        {
            ["--configs", var configs, "--data", var data] => new(configs, data),
            ["--data", var data, "--configs", var configs] => new(configs, data),
            _ => null,
        };
        return parsed is not null;
    }
}
