using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Oms.Domain;

/// <summary>
/// States what cannot be false. Always on: a broken invariant stops the process that finds it.
/// </summary>
public static class Invariant
{
    /// <exception cref="InvariantBrokenException">
    /// The condition is false; the message carries its source.
    /// </exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Holds(
        [DoesNotReturnIf(false)] bool condition,
        [CallerArgumentExpression(nameof(condition))] string expression = "",
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0)
    {
        if (!condition)
        {
            Throw(expression, file, line);
        }
    }

    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Throw(string expression, string file, int line) =>
        throw new InvariantBrokenException($"{expression} does not hold at {Path.GetFileName(file)}:{line}");
}
