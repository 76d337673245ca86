using Oms.Domain.Messages;
using Oms.SharedMemory.Regions;
using Oms.SharedMemory.Tables;

namespace Oms.Peer;

/// <summary>The writer of a table of <see cref="Rows"/> rows whose fields are all the same number.</summary>
public static class TablePeer
{
    public const string Table = "peers";
    public const int Rows = 4;

    public static TopOfBook RowOf(long number) => new()
    {
        Header = MessageHeader.For<TopOfBook>() with
        {
            LogSequence = number,
            AccountSequence = number,
            UnixNanos = number,
        },
        InstrumentId = new(unchecked((uint)number)),
        BidPrice = number,
        BidQuantity = number,
        AskPrice = number,
        AskQuantity = number,
        ExchangeUnixNanos = number,
    };

    internal static int Write(string dataFolder)
    {
        SharedRegion region = SharedRegion.ForDataFolder(dataFolder);
        using StateTable<TopOfBook> table = StateTable<TopOfBook>.OpenWriter(region, Table, Rows);
        long number = 0;
        for (int row = 0; row < Rows; row++)
        {
            number = table.TryRead(row, out TopOfBook last) ? Math.Max(number, last.BidPrice) : number;
        }

        Console.WriteLine("ready");
        while (true)
        {
            TopOfBook row = RowOf(++number);
            table.Write((int)(number % Rows), in row);
            table.SetLogSequence(number);
        }
    }
}
