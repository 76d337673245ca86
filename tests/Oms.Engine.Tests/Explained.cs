using System.Reflection;
using System.Runtime.InteropServices;
using Oms.Domain.Messages;

namespace Oms.Engine.Tests;

/// <summary>Adds to what failed on a desk the last inputs that it took.</summary>
internal static class Explained
{
    private const int InputsMax = 6;

    private static readonly Dictionary<MessageKind, Type> Types = typeof(IMessage).Assembly.GetTypes()
        .Where(type => type.IsValueType && type.IsAssignableTo(typeof(IMessage)))
        .ToDictionary(KindOf);

    public static void Run(Desk desk, Action step)
    {
        try
        {
            step();
        }
        catch (Exception failure)
        {
            string inputs = string.Join('\n', desk.Inputs.TakeLast(InputsMax).Select(Text));
            throw new InvalidOperationException($"{failure.Message}\nafter\n{inputs}", failure);
        }
    }

    private static MessageKind KindOf(Type type) =>
        (MessageKind)type.GetProperty("Kind", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;

    private static string Text(byte[] input)
    {
        Type type = Types[MessageBytes.Header(input).Kind];
        MethodInfo cast = typeof(Explained).GetMethod(nameof(Read), BindingFlags.NonPublic | BindingFlags.Static)!;
        return cast.MakeGenericMethod(type).Invoke(null, [input])!.ToString()!;
    }

    private static T Read<T>(byte[] input)
        where T : unmanaged => MemoryMarshal.Read<T>(input);
}
