using Microsoft.Win32.SafeHandles;
using Oms.Journal;

namespace Oms.Simulation.World;

/// <summary>
/// A disk that is full for a while, fails to sync, and, when the machine dies, has of what was not synced any sector
/// or none. The files are what running processes see; beside them it keeps what would survive.
/// </summary>
internal sealed class FaultyDisk(Dice dice, VirtualTime time, Death death, Tally tally) : Disk
{
    private const int SectorBytes = 512;

    private readonly Dictionary<string, DiskFile> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<SafeFileHandle, string> _paths = [];
    private long _fullUntilTicks;
    private int _syncsToFail;

    public bool IsFull => time.Ticks < _fullUntilTicks;

    public void FillFor(long nanos) => _fullUntilTicks = time.Ticks + nanos;

    public void FailSyncs(int count) => _syncsToFail = count;

    /// <summary>Nothing fails any more.</summary>
    public void Heal() => (_fullUntilTicks, _syncsToFail) = (0, 0);

    public override SafeFileHandle Open(string path, FileMode mode, FileAccess access, FileShare share)
    {
        death.DoesClockCount = true;
        death.Pass("disk: open");
        bool isThere = File.Exists(path);
        if (!isThere && IsFull)
        {
            throw new IOException("no space left on device");
        }

        SafeFileHandle file = base.Open(path, mode, access, share);
        _paths[file] = path;
        if (!isThere || !_files.ContainsKey(path))
        {
            _files[path] = new(isThere ? File.ReadAllBytes(path) : [], isThere);
        }

        return file;
    }

    public override void Write(SafeFileHandle file, ReadOnlySpan<byte> bytes, long offsetBytes)
    {
        death.Pass("disk: write");
        bool grows = offsetBytes + bytes.Length > RandomAccess.GetLength(file);
        ReadOnlySpan<byte> written = grows && IsFull ? bytes[..dice.Below(bytes.Length)] : bytes;
        if (written.Length > 0)
        {
            base.Write(file, written, offsetBytes);
            _files[_paths[file]].Dirty.Add((offsetBytes, written.Length));
        }

        if (written.Length < bytes.Length)
        {
            tally.Add("disk full");
            throw new IOException("no space left on device");
        }

        death.Pass("disk: written");
    }

    public override void Sync(SafeFileHandle file)
    {
        death.Pass("disk: sync");
        string path = _paths[file];
        DiskFile known = _files[path];
        if (_syncsToFail > 0)
        {
            _syncsToFail--;
            tally.Add("sync failed");
            // The kernel takes what it could not write for written: unless it is written again, it is lost.
            known.Durable = Survived(path, known);
            known.Dirty.Clear();
            throw new IOException("input/output error");
        }

        known.Durable = Everything(path, known);
        known.Dirty.Clear();
        death.Pass("disk: synced");
    }

    public override void SyncFolder(string folder)
    {
        death.Pass("disk: sync folder");
        foreach ((string path, DiskFile file) in _files)
        {
            file.IsNameDurable |= Path.GetDirectoryName(path) == folder;
        }
    }

    public override void Cut(SafeFileHandle file, long lengthBytes)
    {
        death.Pass("disk: cut");
        RandomAccess.SetLength(file, lengthBytes);
        string path = _paths[file];
        DiskFile known = _files[path];
        known.Durable = Everything(path, known);
        known.Dirty.Clear();
    }

    /// <summary>The machine died and is back: the files are what the disk has of them.</summary>
    public void LosePower()
    {
        foreach ((string path, DiskFile file) in _files.Where(each => File.Exists(each.Key)))
        {
            if (!file.IsNameDurable && dice.Chance(500))
            {
                File.Delete(path);
                tally.Add("file lost with the machine");
                continue;
            }

            byte[] left = Survived(path, file);
            if (!left.AsSpan().SequenceEqual(File.ReadAllBytes(path)))
            {
                tally.Add("torn end of a file");
                File.WriteAllBytes(path, left);
            }
        }

        Forget();
    }

    /// <summary>No process has a file open any more. What they wrote stays with the kernel.</summary>
    public void CloseAll()
    {
        foreach (SafeFileHandle file in _paths.Keys)
        {
            file.Dispose();
        }

        _paths.Clear();
    }

    private void Forget()
    {
        _files.Clear();
        _paths.Clear();
    }

    /// <summary>What is durable, and of what is dirty each sector or not.</summary>
    private byte[] Survived(string path, DiskFile file)
    {
        byte[] cached = File.ReadAllBytes(path);
        byte[] left = file.Durable.AsSpan(0, Math.Min(file.Durable.Length, cached.Length)).ToArray();
        int perMille = dice.Below(3) * 500;
        foreach ((long offset, int length) in file.Dirty)
        {
            long end = Math.Min(offset + length, cached.Length);
            for (long sector = offset / SectorBytes * SectorBytes; sector < end; sector += SectorBytes)
            {
                if (dice.Chance(perMille))
                {
                    left = Put(left, cached, Math.Max(sector, offset), Math.Min(sector + SectorBytes, end));
                }
            }
        }

        return left;
    }

    private static byte[] Everything(string path, DiskFile file)
    {
        byte[] cached = File.ReadAllBytes(path);
        byte[] left = file.Durable.Length > cached.Length ? file.Durable[..cached.Length] : file.Durable;
        foreach ((long offset, int length) in file.Dirty)
        {
            left = Put(left, cached, offset, Math.Min(offset + length, cached.Length));
        }

        return left;
    }

    private static byte[] Put(byte[] target, byte[] source, long from, long to)
    {
        if (to > target.Length)
        {
            Array.Resize(ref target, checked((int)to));
        }

        if (to > from)
        {
            source.AsSpan(checked((int)from), checked((int)(to - from))).CopyTo(target.AsSpan(checked((int)from)));
        }

        return target;
    }
}
