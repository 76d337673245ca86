using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Domain.Text;

namespace Oms.Domain.Tests;

/// <summary>
/// Processes agree on bytes: what those bytes are is decided by attributes and proved here.
/// </summary>
public sealed class MessageLayoutTests
{
    private static readonly HashSet<Type> Atoms =
    [
        typeof(byte), typeof(ushort), typeof(int), typeof(uint), typeof(long), typeof(ulong),
        typeof(AccountId), typeof(AssetId), typeof(InstrumentId), typeof(OrderId), typeof(TransferId),
        typeof(ClientOrderId),
        typeof(Text16), typeof(Text32), typeof(Text64),
    ];

    private static readonly HashSet<Type> Parts =
    [
        typeof(MessageHeader), typeof(StageStamps), typeof(StageDurations), typeof(CommandStamps),
        typeof(OrderTerms), typeof(OrderLeg),
    ];

    public static TheoryData<string> StructNames() => [.. Layouts.Structs.Select(type => type.Name)];

    public static TheoryData<string> MessageNames() => [.. Layouts.Messages.Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(StructNames))]
    public void Every_struct_is_laid_out_explicitly(string name)
    {
        Type type = StructOf(name);
        StructLayoutAttribute layout = type.StructLayoutAttribute ?? throw new InvalidOperationException();
        Assert.Equal(LayoutKind.Explicit, layout.Value);
        Assert.Equal(layout.Size, Layouts.SizeOf(type));
        Assert.Equal(layout.Size, type.GetField("Length")?.GetRawConstantValue());
        Assert.All(
            Layouts.FieldsOf(type), field => Assert.True(field.Offset >= 0, $"{field.Name} has no offset"));
    }

    [Theory]
    [MemberData(nameof(StructNames))]
    public void Fields_follow_each_other_without_gap_or_overlap(string name)
    {
        int end = 0;
        foreach (LayoutField field in Layouts.FieldsOf(StructOf(name)))
        {
            Assert.True(
                field.Offset == end,
                $"{name}.{field.Name} starts at {field.Offset}, what is before it ends at {end}");
            end = field.End;
        }

        Assert.True(end <= Layouts.SizeOf(StructOf(name)), $"{name} is shorter than its fields");
    }

    [Theory]
    [MemberData(nameof(StructNames))]
    public void Fields_are_numbers_enums_ids_texts_or_parts(string name)
    {
        foreach (LayoutField field in Layouts.FieldsOf(StructOf(name)))
        {
            bool isKnown = field.Type.IsEnum || Atoms.Contains(field.Type) || Parts.Contains(field.Type);
            Assert.True(isKnown, $"{name}.{field.Name} is a {field.TypeName}");
        }
    }

    [Theory]
    [MemberData(nameof(StructNames))]
    public void Numbers_are_aligned_to_their_own_length(string name)
    {
        foreach (LayoutField field in Layouts.FieldsOf(StructOf(name)))
        {
            int alignment = field.LengthBytes is 2 or 4 or 8 ? field.LengthBytes : 1;
            Assert.True(
                field.Offset % alignment == 0, $"{name}.{field.Name} at {field.Offset} is not aligned");
        }
    }

    [Theory]
    [MemberData(nameof(MessageNames))]
    public void A_message_starts_with_its_header_and_fills_cache_lines(string name)
    {
        Type type = StructOf(name);
        int length = Layouts.SizeOf(type);
        Assert.True(length % 64 == 0 && length is > 0 and <= MessageHeader.MessageBytesMax, $"{length}");
        LayoutField header = Layouts.FieldsOf(type)[0];
        Assert.Equal(
            (nameof(MessageHeader), 0, MessageHeader.Length),
            (header.Type.Name, header.Offset, header.LengthBytes));
        Assert.Equal("Header", header.Name);
    }

    [Theory]
    [MemberData(nameof(MessageNames))]
    public void A_message_cannot_be_changed_and_names_all_its_fields(string name)
    {
        Type type = StructOf(name);
        Assert.NotNull(type.GetCustomAttribute<IsReadOnlyAttribute>());
        foreach (LayoutField field in Layouts.FieldsOf(type).Where(field => !IsReserved(field)))
        {
            PropertyInfo? property = type.GetProperty(field.Name);
            Assert.True(
                property?.GetCustomAttribute<RequiredMemberAttribute>() is not null,
                $"{name}.{field.Name} is not required");
        }
    }

    [Theory]
    [MemberData(nameof(MessageNames))]
    public void The_kind_has_the_name_of_the_message(string name) =>
        Assert.Equal(name, Layouts.KindOf(StructOf(name)).ToString());

    [Fact]
    public void Every_kind_has_one_struct()
    {
        IEnumerable<MessageKind> kinds = Enum.GetValues<MessageKind>().Where(
            kind => kind != MessageKind.None);
        Assert.Equal(kinds.Order(), Layouts.Messages.Select(Layouts.KindOf));
    }

    [Fact]
    public void Every_kind_is_an_input_an_event_or_a_request_and_only_one_of_them()
    {
        foreach (MessageKind kind in Enum.GetValues<MessageKind>())
        {
            bool[] uses =
                [MessageKinds.IsInput(kind), MessageKinds.IsEvent(kind), MessageKinds.IsRequest(kind)];
            Assert.Equal(kind == MessageKind.None ? 0 : 1, uses.Count(use => use));
        }
    }

    [Fact]
    public void The_layout_hash_is_that_of_the_layouts()
    {
        ulong hash = Layouts.Hash();
        Assert.True(
            hash == MessageLayout.Hash,
            $"the layouts changed: set MessageLayout.Hash to 0x{hash:X16}; nothing old may be read as new");
    }

    [Fact]
    public void A_header_says_kind_length_and_account()
    {
        MessageHeader header = MessageHeader.For<PlaceOrder>(new AccountId(7));
        Assert.Equal(
            (MessageKind.PlaceOrder, 192, 7u), (header.Kind, header.LengthBytes, header.AccountId.Value));
        Assert.Equal((0L, 0L, 0L), (header.LogSequence, header.AccountSequence, header.UnixNanos));
    }

    private static bool IsReserved(LayoutField field) =>
        field.Name.StartsWith("Reserved", StringComparison.Ordinal);

    private static Type StructOf(string name) => Layouts.Structs.Single(type => type.Name == name);
}
