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

    /// <summary>
    /// A lone throw, so that the compiler sees that it does not return and callers keep nothing for after it.
    /// </summary>
    [DoesNotReturn]
    private static void Throw(string expression, string file, int line) =>
        throw Broken(expression, file, line);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static InvariantBrokenException Broken(string expression, string file, int line) =>
        new($"{expression} does not hold at {Path.GetFileName(file)}:{line}");
}
