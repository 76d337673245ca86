using Oms.Domain.Configuration;
using Oms.Domain.Messages;
using Oms.Engine;
using Oms.SharedMemory.Regions;
using Oms.SharedMemory.Tables;

namespace Oms.FastPath.Publishing;

/// <summary>Keeps the live tables: what is defined, and what of the engine's state others may see.</summary>
internal sealed class StatePublisher : ILiveTables, IDisposable
{
    private readonly StateTable<AccountDefined> _accounts;
    private readonly StateTable<AssetDefined> _assets;
    private readonly StateTable<InstrumentDefined> _instruments;
    private readonly StateTable<AccountGateChanged> _gates;
    private readonly StateTable<HaltChanged> _halts;
    private readonly StateTable<TopOfBook> _tops;
    private readonly StateTable<BalanceChanged> _balances;
    private readonly StateTable<PositionChanged> _positions;
    private readonly BookPublisher _books;

    private StatePublisher(SharedRegion region, LimitsConfiguration limits)
    {
        EngineCapacity sizes = EngineSizes.Of(limits);
        _accounts = StateTable<AccountDefined>.OpenWriter(region, StateTables.Accounts, sizes.AccountsMax);
        _assets = StateTable<AssetDefined>.OpenWriter(region, StateTables.Assets, sizes.AssetsMax);
        _instruments = StateTable<InstrumentDefined>.OpenWriter(
            region, StateTables.Instruments, sizes.InstrumentsMax);
        _gates = StateTable<AccountGateChanged>.OpenWriter(region, StateTables.Gates, sizes.AccountsMax);
        _halts = StateTable<HaltChanged>.OpenWriter(region, StateTables.Halts, sizes.AccountsMax + 1);
        _tops = StateTable<TopOfBook>.OpenWriter(region, StateTables.TopsOfBook, sizes.InstrumentsMax);
        _balances = StateTable<BalanceChanged>.OpenWriter(region, StateTables.Balances, sizes.BalancesMax);
        _positions = StateTable<PositionChanged>.OpenWriter(region, StateTables.Positions, sizes.PositionsMax);
        _books = new(region, _tops, sizes.InstrumentsMax);
    }

    /// <summary>Opens the tables with what they hold.</summary>
    public static StatePublisher Open(SharedRegion region, LimitsConfiguration limits) => new(region, limits);

    /// <summary>
    /// Writes every row but the tops of book: the market's state is the connectors', and they say it again.
    /// </summary>
    public void PublishAll(EngineView engine)
    {
        foreach (AssetDefined asset in engine.Assets)
        {
            Write(in asset);
        }

        foreach (InstrumentDefined instrument in engine.Instruments)
        {
            Write(in instrument);
        }

        foreach (AccountDefined account in engine.Accounts)
        {
            Write(in account);
        }

        engine.PublishAll(this);
    }

    /// <summary>Writes the row that an input is, if it is one.</summary>
    public void Note(ReadOnlySpan<byte> input)
    {
        switch (MessageBytes.Header(input).Kind)
        {
            case MessageKind.TopOfBook:
                ref readonly TopOfBook top = ref MessageBytes.As<TopOfBook>(input);
                if (top.InstrumentId.Value - 1 < (uint)_instruments.Count)
                {
                    _tops.Write((int)top.InstrumentId.Value - 1, in top);
                }

                break;
            case MessageKind.AssetDefined:
                Write(in MessageBytes.As<AssetDefined>(input));
                break;
            case MessageKind.InstrumentDefined:
                Write(in MessageBytes.As<InstrumentDefined>(input));
                break;
            case MessageKind.AccountDefined:
                Write(in MessageBytes.As<AccountDefined>(input));
                break;
            default:
                break;
        }
    }

    /// <summary>Shows what changed, and says that the rows reflect all events up to this one.</summary>
    public void PublishChanges(EngineView engine, long logSequence)
    {
        _balances.BeginChanges();
        engine.PublishChanges(this);
        _balances.EndChanges(logSequence);
        _positions.SetLogSequence(logSequence);
        _gates.SetLogSequence(logSequence);
        _halts.SetLogSequence(logSequence);
    }

    /// <summary>Shows one of the books of what is matched here, where it is due.</summary>
    public void ShowNextBook(EngineView engine, long nowUnixNanos) => _books.ShowNext(engine, nowUnixNanos);

    void ILiveTables.Write(int row, in BalanceChanged balance) => _balances.Write(row, in balance);

    void ILiveTables.Write(int row, in PositionChanged position) => _positions.Write(row, in position);

    void ILiveTables.Write(int row, in AccountGateChanged gate) => _gates.Write(row, in gate);

    void ILiveTables.Write(int row, in HaltChanged halt) => _halts.Write(row, in halt);

    public void Dispose()
    {
        _accounts.Dispose();
        _assets.Dispose();
        _instruments.Dispose();
        _gates.Dispose();
        _halts.Dispose();
        _tops.Dispose();
        _balances.Dispose();
        _positions.Dispose();
        _books.Dispose();
    }

    private void Write(in AssetDefined asset) => _assets.Write((int)asset.AssetId.Value - 1, in asset);

    private void Write(in InstrumentDefined instrument)
    {
        _instruments.Write((int)instrument.InstrumentId.Value - 1, in instrument);
        _books.Note(in instrument);
    }

    private void Write(in AccountDefined account) =>
        _accounts.Write((int)account.Header.AccountId.Value - 1, in account);
}
