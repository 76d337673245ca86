namespace Oms.Domain.Tests;

/// <summary>A field of a message where it lies.</summary>
internal sealed record LayoutField(string Name, Type Type, int Offset, int LengthBytes)
{
    public int End => Offset + LengthBytes;

    /// <summary>As C# writes it; an enum with what it is stored as.</summary>
    public string TypeName =>
        Type.IsEnum ? $"{Type.Name}:{Keyword(Type.GetEnumUnderlyingType())}" : Keyword(Type);

    private static string Keyword(Type type) => type.Name switch
    {
        nameof(Byte) => "byte",
        nameof(UInt16) => "ushort",
        nameof(Int32) => "int",
        nameof(UInt32) => "uint",
        nameof(Int64) => "long",
        nameof(UInt64) => "ulong",
        _ => type.Name,
    };
}
