using System.Diagnostics.CodeAnalysis;
using Oms.Configuration;

namespace Oms.Silo.Hosting;

/// <summary>What the process is started with.</summary>
/// <param name="Process">As every process of a deployment.</param>
/// <param name="IsJoining">Whether it adds itself to a deployment that may have a silo.</param>
internal sealed record SiloArguments(ProcessArguments Process, bool IsJoining)
{
    public const string Usage = $"{ProcessArguments.Usage} [--join]";

    private const string Join = "--join";

    public static bool TryParse(string[] arguments, [NotNullWhen(true)] out SiloArguments? parsed)
    {
        bool isJoining = arguments is [.., Join];
        parsed = ProcessArguments.TryParse(isJoining ? arguments[..^1] : arguments, out ProcessArguments? process)
            ? new(process, isJoining)
            : null;
        return parsed is not null;
    }
}
