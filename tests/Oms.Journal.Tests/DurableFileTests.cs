using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Oms.Journal.Tests;

public sealed class DurableFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("oms-").FullName;

    private string Path => System.IO.Path.Combine(_folder, "file");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_content_is_on_the_disk_before_it_has_the_name_and_the_name_before_it_returns()
    {
        var disk = new WatchedDisk(Path);
        DurableFile.Replace(disk, Path, "old"u8);
        Assert.Equal("old", File.ReadAllText(Path));
        disk.Done.Clear();

        DurableFile.Replace(disk, Path, "new"u8);

        Assert.Equal(["write new while old", "sync while old", "sync folder while new"], disk.Done);
        Assert.Equal([Path], Directory.GetFiles(_folder));
    }

    [Fact]
    public void What_cannot_be_brought_to_the_disk_leaves_the_old_content()
    {
        DurableFile.Replace(Path, "old"u8);

        Assert.Throws<IOException>(() => DurableFile.Replace(new WatchedDisk(Path) { IsBroken = true }, Path, "new"u8));

        Assert.Equal("old", File.ReadAllText(Path));
    }

    /// <summary>Notes what is done, and what stands under the name meanwhile.</summary>
    private sealed class WatchedDisk(string path) : Disk
    {
        public List<string> Done { get; } = [];

        public bool IsBroken { get; init; }

        public override void Write(SafeFileHandle file, ReadOnlySpan<byte> bytes, long offsetBytes)
        {
            base.Write(file, bytes, offsetBytes);
            Note($"write {Encoding.UTF8.GetString(bytes)}");
        }

        public override void Sync(SafeFileHandle file)
        {
            if (IsBroken)
            {
                throw new IOException("broken");
            }

            base.Sync(file);
            Note("sync");
        }

        public override void SyncFolder(string folder)
        {
            base.SyncFolder(folder);
            Note("sync folder");
        }

        private void Note(string what) =>
            Done.Add($"{what} while {(File.Exists(path) ? File.ReadAllText(path) : "none")}");
    }
}
