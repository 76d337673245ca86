using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Oms.Domain.Messages;
using Oms.Domain.Orders;

namespace Oms.Domain.Tests;

/// <summary>The messages as the runtime lays them out.</summary>
internal static class Layouts
{
    /// <summary>Every struct that is a message, in the order of its kind.</summary>
    public static IReadOnlyList<Type> Messages { get; } =
    [
        .. typeof(IMessage).Assembly.GetTypes()
            .Where(type => type.IsValueType && typeof(IMessage).IsAssignableFrom(type))
            .OrderBy(KindOf),
    ];

    /// <summary>Every struct of explicit layout among the messages and their parts.</summary>
    public static IReadOnlyList<Type> Structs { get; } =
    [
        .. Messages, typeof(MessageHeader), typeof(StageStamps), typeof(StageDurations), typeof(CommandStamps),
        typeof(OrderTerms), typeof(OrderLeg),
    ];

    public static MessageKind KindOf(Type message)
    {
        const BindingFlags OfType = BindingFlags.Public | BindingFlags.Static;
        PropertyInfo? kind = message.GetProperty(nameof(IMessage.Kind), OfType);
        return Assert.IsType<MessageKind>(kind?.GetValue(null));
    }

    public static int SizeOf(Type type)
    {
        MethodInfo sizeOf =
            typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf)) ?? throw new MissingMethodException();
        return Assert.IsType<int>(sizeOf.MakeGenericMethod(type).Invoke(null, null));
    }

    /// <summary>The fields of a struct in the order of their offsets.</summary>
    public static IReadOnlyList<LayoutField> FieldsOf(Type type) =>
    [
        .. type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Select(field => new LayoutField(
                NameOf(field),
                field.FieldType,
                field.GetCustomAttribute<FieldOffsetAttribute>()?.Value ?? -1,
                SizeOf(field.FieldType)))
            .OrderBy(field => field.Offset),
    ];

    /// <summary>What the layout hash is of: one line for each struct and each field.</summary>
    public static string Canonical()
    {
        var text = new StringBuilder();
        foreach (Type type in Structs)
        {
            string kind = Messages.Contains(type) ? ((ushort)KindOf(type)).ToString() : "part";
            _ = text.Append($"{type.Name} {kind} {SizeOf(type)}\n");
            foreach (LayoutField field in FieldsOf(type))
            {
                _ = text.Append($"  {field.Offset} {field.LengthBytes} {field.TypeName} {field.Name}\n");
            }
        }

        return text.ToString();
    }

    /// <summary>FNV-1a over the canonical text: stable over platforms and versions of the runtime.</summary>
    public static ulong Hash()
    {
        ulong hash = 14695981039346656037;
        foreach (byte character in Encoding.UTF8.GetBytes(Canonical()))
        {
            hash = unchecked((hash ^ character) * 1099511628211);
        }

        return hash;
    }

    private static string NameOf(FieldInfo field) =>
        field.Name.Split('<', '>') is [_, string property, _] ? property : field.Name;
}
