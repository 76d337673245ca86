using Oms.Domain;
using Oms.Domain.Messages;
using Oms.Peer;
using Oms.SharedMemory.Regions;
using Oms.SharedMemory.Tables;

namespace Oms.SharedMemory.Tests;

public sealed class StateTableTests : IDisposable
{
    private const string Name = "tops";

    private readonly TestRegion _test = new();

    public void Dispose() => _test.Dispose();

    [Fact]
    public void A_reader_never_sees_a_torn_row()
    {
        using StateTable<TopOfBook> writer = Writer();
        using StateTable<TopOfBook> reader = StateTable<TopOfBook>.OpenReader(_test.Region, Name);
        TopOfBook first = TablePeer.RowOf(1);
        writer.Write(0, in first);
        bool isDone = false;
        var thread = new Thread(() =>
        {
            for (long number = 2; !Volatile.Read(ref isDone); number++)
            {
                TopOfBook row = TablePeer.RowOf(number);
                writer.Write(0, in row);
            }
        });
        thread.Start();
        try
        {
            long last = 1;
            int changes = 0;
            Poll.Until(() =>
            {
                long seen = ReadMany(reader, last);
                changes += seen > last ? 1 : 0;
                last = seen;
                return changes >= 100;
            });
        }
        finally
        {
            Volatile.Write(ref isDone, true);
            thread.Join();
        }
    }

    [Fact]
    public void Rows_are_read_as_they_were_last_written()
    {
        using StateTable<TopOfBook> writer = Writer();
        using StateTable<TopOfBook> reader = StateTable<TopOfBook>.OpenReader(_test.Region, Name);
        Assert.Equal((0, 8, 0L), (reader.Count, reader.RowsMax, reader.LogSequence));
        for (int number = 1; number <= 20; number++)
        {
            TopOfBook row = TablePeer.RowOf(number);
            writer.Write(number % 8, in row);
        }

        writer.SetLogSequence(20);
        Assert.Equal((8, 20L), (reader.Count, reader.LogSequence));
        IEnumerable<long> numbers = Enumerable.Range(0, 8)
            .Select(index => reader.TryRead(index, out TopOfBook row) ? row.BidPrice : -1);
        Assert.Equal([16, 17, 18, 19, 20, 13, 14, 15], numbers);
    }

    [Fact]
    public void A_row_that_was_never_written_is_not_there()
    {
        using StateTable<TopOfBook> writer = Writer();
        TopOfBook row = TablePeer.RowOf(1);
        writer.Write(2, in row);
        Assert.Equal(3, writer.Count);
        int[] indexes = [-1, 0, 1, 2, 3, 8, int.MaxValue, int.MinValue];
        IEnumerable<bool> found = indexes.Select(index => writer.TryRead(index, out _));
        Assert.Equal([false, false, false, true, false, false, false, false], found);
    }

    [Fact]
    public void A_row_outside_the_table_cannot_be_written()
    {
        using StateTable<TopOfBook> writer = Writer();
        TopOfBook row = TablePeer.RowOf(1);
        _ = Assert.Throws<InvariantBrokenException>(() => writer.Write(8, in row));
        _ = Assert.Throws<InvariantBrokenException>(() => writer.Write(-1, in row));
        using StateTable<TopOfBook> reader = StateTable<TopOfBook>.OpenReader(_test.Region, Name);
        _ = Assert.Throws<InvariantBrokenException>(() => reader.Write(0, in row));
    }

    [Fact]
    public void A_writer_that_restarts_finds_the_rows_and_goes_on()
    {
        TopOfBook row = TablePeer.RowOf(7);
        using (StateTable<TopOfBook> writer = Writer())
        {
            writer.Write(3, in row);
        }

        using StateTable<TopOfBook> again = Writer();
        Assert.True(again.TryRead(3, out TopOfBook read));
        Assert.Equal(row, read);
        row = TablePeer.RowOf(8);
        again.Write(3, in row);
        Assert.True(again.TryRead(3, out read));
        Assert.Equal(row, read);
    }

    [Fact]
    public void A_row_that_its_writer_left_half_written_is_not_read_until_the_next_writes_it()
    {
        using StateTable<TopOfBook> writer = Writer();
        TopOfBook row = TablePeer.RowOf(1);
        writer.Write(0, in row);
        TestRegion.Overwrite(_test.Region.TablePath(Name), 128, 3);
        Assert.False(writer.TryRead(0, out _));
        row = TablePeer.RowOf(2);
        writer.Write(0, in row);
        Assert.True(writer.TryRead(0, out TopOfBook read));
        Assert.Equal(row, read);
    }

    [Fact]
    public void A_table_has_one_writer()
    {
        using StateTable<TopOfBook> writer = Writer();
        Assert.Contains("writer", Assert.Throws<RoleTakenException>(Writer).Message);
        writer.Dispose();
        Writer().Dispose();
    }

    [Fact]
    public void A_table_of_another_layout_row_or_length_is_refused_and_its_writer_not_taken()
    {
        Writer().Dispose();
        _ = Assert.Throws<LayoutMismatchException>(
            () => StateTable<BalanceSeen>.OpenReader(_test.Region, Name));
        _ = Assert.Throws<LayoutMismatchException>(
            () => StateTable<TopOfBook>.OpenWriter(_test.Region, Name, 9));
        string path = _test.Region.TablePath(Name);
        byte[] whole = File.ReadAllBytes(path);
        foreach (int offset in new[] { 0, 8, 16, 24, 28 })
        {
            TestRegion.Overwrite(path, offset, 0xEE);
            _ = Assert.Throws<LayoutMismatchException>(
                () => StateTable<TopOfBook>.OpenReader(_test.Region, Name));
            _ = Assert.Throws<LayoutMismatchException>(Writer);
            TestRegion.Overwrite(path, 0, whole);
        }

        Writer().Dispose();
        _ = Assert.Throws<FileNotFoundException>(
            () => StateTable<TopOfBook>.OpenReader(_test.Region, "none"));
    }

    [Fact]
    public async Task All_rows_are_read_as_they_were_after_one_event()
    {
        using StateTable<TopOfBook> table = Writer();
        using StateTable<TopOfBook> reader = StateTable<TopOfBook>.OpenReader(_test.Region, Name);
        using var stop = new CancellationTokenSource();
        Write(table, 0);
        var writing = Task.Run(() =>
        {
            for (int number = 1; !stop.IsCancellationRequested; number++)
            {
                Write(table, number);
                Thread.SpinWait(1000);
            }
        });
        var rows = new List<TopOfBook>();
        long last = 0;
        for (int count = 0; count < 300; count++)
        {
            Assert.True(reader.TryReadAll(rows, out long logSequence));
            Assert.All(rows, row => Assert.Equal(TablePeer.RowOf(logSequence), row));
            Assert.True(rows.Count == 8 && logSequence >= last);
            last = logSequence;
        }

        await stop.CancelAsync();
        await writing;

        // A writer that died in the middle leaves no moment to be told.
        table.BeginChanges();
        Assert.False(reader.TryReadAll(rows, out _));

        static void Write(StateTable<TopOfBook> table, int number)
        {
            table.BeginChanges();
            TopOfBook row = TablePeer.RowOf(number);
            for (int index = 0; index < 8; index++)
            {
                table.Write(index, in row);
            }

            table.EndChanges(number);
        }
    }

    [Fact]
    public void Writing_and_reading_rows_allocate_nothing()
    {
        using StateTable<TopOfBook> table = Writer();
        long before = 0;
        long sum = 0;
        for (int round = 0; round < 4_000; round++)
        {
            before = round == 2_000 ? GC.GetAllocatedBytesForCurrentThread() : before;
            TopOfBook row = TablePeer.RowOf(round);
            table.Write(round % 8, in row);
            table.SetLogSequence(round);
            sum += table.TryRead(round % 8, out TopOfBook read) ? read.BidPrice : 0;
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(3_999L * 4_000 / 2, sum);
    }

    /// <summary>Reads a row many times; it is whole each time, and never older than before.</summary>
    private static long ReadMany(StateTable<TopOfBook> reader, long last)
    {
        for (int i = 0; i < 10_000; i++)
        {
            Assert.True(reader.TryRead(0, out TopOfBook row));
            Assert.True(row.BidPrice >= last && row == TablePeer.RowOf(row.BidPrice));
            last = row.BidPrice;
        }

        return last;
    }

    private StateTable<TopOfBook> Writer() => StateTable<TopOfBook>.OpenWriter(_test.Region, Name, 8);
}
