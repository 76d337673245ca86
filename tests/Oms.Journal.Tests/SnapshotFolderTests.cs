using Oms.Journal.Snapshots;

namespace Oms.Journal.Tests;

public sealed class SnapshotFolderTests : IDisposable
{
    private static readonly LogPoint Point = new(1_000, 12, 7, 0xABCD);

    private readonly string _folder = Directory.CreateTempSubdirectory("oms-snapshots-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_snapshot_is_read_as_it_was_written()
    {
        var folder = new SnapshotFolder(_folder);
        byte[] content = [.. Enumerable.Range(0, 100_000).Select(number => (byte)(number % 251))];
        folder.Write(77, in Point, 99, stream => stream.Write(content), static _ => { });

        string path = Assert.Single(folder.NewestFirst);
        Assert.Equal("00000000000000000012.snapshot", Path.GetFileName(path));
        SnapshotFile file = SnapshotFile.Open(path);
        Assert.Equal((77, Point, 99UL), (file.LogId, file.Point, file.StateHash));
        Assert.Equal(content, file.Read(ReadAll));
    }

    [Fact]
    public void A_snapshot_that_is_not_what_it_should_be_is_not_there()
    {
        var folder = new SnapshotFolder(_folder);
        _ = Assert.Throws<InvalidDataException>(() => folder.Write(
            1,
            in Point,
            1,
            static stream => stream.WriteByte(1),
            static _ => throw new InvalidDataException()));
        _ = Assert.Throws<IOException>(() => folder.Write(
            1, in Point, 1, static _ => throw new IOException(), static _ => { }));
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void Any_byte_changed_or_lost_is_found()
    {
        var folder = new SnapshotFolder(_folder);
        folder.Write(77, in Point, 99, static stream => stream.Write("the state"u8), static _ => { });
        string path = folder.NewestFirst.Single();
        byte[] whole = File.ReadAllBytes(path);
        for (int offset = 0; offset < whole.Length; offset++)
        {
            byte[] changed = [.. whole];
            changed[offset] ^= 1;
            ExpectRefusal(path, changed);
            ExpectRefusal(path, whole[..offset]);
        }

        ExpectRefusal(path, [.. whole, 0]);
    }

    [Fact]
    public void The_newest_are_kept()
    {
        var folder = new SnapshotFolder(_folder);
        for (long record = 8; record <= 12; record++)
        {
            folder.Write(1, Point with { RecordSequence = record }, 1, static _ => { }, static _ => { });
        }

        folder.KeepNewest(2);
        Assert.Equal(
            [12, 11], folder.NewestFirst.Select(path => SnapshotFile.Open(path).Point.RecordSequence));
    }

    private static void ExpectRefusal(string path, byte[] bytes)
    {
        File.WriteAllBytes(path, bytes);
        InvalidDataException refused =
            Assert.Throws<InvalidDataException>(() => SnapshotFile.Open(path).Read(ReadAll));
        Assert.StartsWith($"{path} cannot be used: ", refused.Message);
    }

    private static byte[] ReadAll(Stream stream)
    {
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
