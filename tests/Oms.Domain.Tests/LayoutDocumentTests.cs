using System.Text;
using Oms.Domain.Messages;

namespace Oms.Domain.Tests;

/// <summary>
/// The table of all messages that people read is made from the messages, and is the one in the tree.
/// </summary>
public sealed class LayoutDocumentTests
{
    private const string DocumentPath = "src/Oms.Domain/Messages/LAYOUT.md";

    [Fact]
    public void The_layout_document_shows_the_layouts()
    {
        string path = Path.Combine(RepositoryRoot(), DocumentPath);
        string expected = Render();
        if (Environment.GetEnvironmentVariable("OMS_UPDATE_SNAPSHOTS") == "1")
        {
            File.WriteAllText(path, expected);
        }

        Assert.True(
            File.Exists(path) && File.ReadAllText(path) == expected,
            $"{DocumentPath} does not show the messages; run this test with OMS_UPDATE_SNAPSHOTS=1");
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "CryptoOms.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException(
                "CryptoOms.sln is in no folder above the tests");
        }

        return folder.FullName;
    }

    private static string Render()
    {
        var text = new StringBuilder();
        _ = text.Append(
            $"""
            # Messages

            Generated from the structs of this folder; a test compares it. Little-endian, offsets and lengths in bytes,
            bytes behind the last field are zero. Layout {MessageLayout.Version}, hash `{Layouts.Hash():x16}`.


            """);
        foreach (Type part in Layouts.Structs.Except(Layouts.Messages))
        {
            Append(text, $"## {part.Name} ({Layouts.SizeOf(part)} bytes, part of messages)", part);
        }

        foreach (Type message in Layouts.Messages)
        {
            int kind = (ushort)Layouts.KindOf(message);
            Append(text, $"## {kind} {message.Name} ({Layouts.SizeOf(message)} bytes)", message);
        }

        return text.ToString().TrimEnd('\n') + "\n";
    }

    private static void Append(StringBuilder text, string title, Type type)
    {
        _ = text.Append($"{title}\n\n| offset | length | type | field |\n|---:|---:|---|---|\n");
        foreach (LayoutField field in Layouts.FieldsOf(type))
        {
            _ = text.Append($"| {field.Offset} | {field.LengthBytes} | {field.TypeName} | {field.Name} |\n");
        }

        _ = text.Append('\n');
    }
}
