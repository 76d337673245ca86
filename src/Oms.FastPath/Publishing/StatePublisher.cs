using Oms.Domain.Accounts;
using Oms.Domain.Configuration;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.SharedMemory.Regions;
using Oms.SharedMemory.Tables;

namespace Oms.FastPath.Publishing;

/// <summary>Keeps the live tables: each row the last message of its key.</summary>
internal sealed class StatePublisher : IDisposable
{
    private readonly StateTable<AccountDefined> _accounts;
    private readonly StateTable<AssetDefined> _assets;
    private readonly StateTable<InstrumentDefined> _instruments;
    private readonly StateTable<AccountGateChanged> _gates;
    private readonly StateTable<TopOfBook> _tops;
    private readonly StateTable<BalanceChanged> _balances;
    private readonly StateTable<PositionChanged> _positions;
    private readonly Dictionary<(AccountId Account, Market Wallet, AssetId Asset), int> _balanceRows = [];
    private readonly Dictionary<(AccountId Account, InstrumentId Instrument), int> _positionRows = [];

    private StatePublisher(SharedRegion region, LimitsConfiguration limits)
    {
        int accounts = limits.AccountsMax;
        _accounts = StateTable<AccountDefined>.OpenWriter(region, StateTables.Accounts, accounts);
        _assets = StateTable<AssetDefined>.OpenWriter(region, StateTables.Assets, EngineSizes.AssetsMax);
        _instruments = StateTable<InstrumentDefined>.OpenWriter(
            region, StateTables.Instruments, limits.InstrumentsMax);
        _gates = StateTable<AccountGateChanged>.OpenWriter(region, StateTables.Gates, accounts);
        _tops = StateTable<TopOfBook>.OpenWriter(region, StateTables.TopsOfBook, limits.InstrumentsMax);
        _balances = StateTable<BalanceChanged>.OpenWriter(
            region, StateTables.Balances, accounts * EngineSizes.AssetsPerAccountMax);
        _positions = StateTable<PositionChanged>.OpenWriter(
            region, StateTables.Positions, accounts * EngineSizes.InstrumentsPerAccountMax);
    }

    /// <summary>Opens the tables with what they hold; recovery writes every row of theirs again.</summary>
    public static StatePublisher Open(SharedRegion region, LimitsConfiguration limits) => new(region, limits);

    /// <summary>Writes the row that an input or event changes, if it changes one.</summary>
    public void Publish(ReadOnlySpan<byte> message)
    {
        ref readonly MessageHeader header = ref MessageBytes.Header(message);
        switch (header.Kind)
        {
            case MessageKind.TopOfBook:
                ref readonly TopOfBook top = ref MessageBytes.As<TopOfBook>(message);
                if (top.InstrumentId.Value >= 1 && top.InstrumentId.Value <= (uint)_instruments.Count)
                {
                    _tops.Write((int)top.InstrumentId.Value - 1, in top);
                }

                break;
            case MessageKind.BalanceChanged:
                Write(in MessageBytes.As<BalanceChanged>(message));
                break;
            case MessageKind.PositionChanged:
                Write(in MessageBytes.As<PositionChanged>(message));
                break;
            case MessageKind.AccountGateChanged:
                _gates.Write(
                    (int)header.AccountId.Value - 1, in MessageBytes.As<AccountGateChanged>(message));
                break;
            case MessageKind.AssetDefined:
                ref readonly AssetDefined asset = ref MessageBytes.As<AssetDefined>(message);
                _assets.Write((int)asset.AssetId.Value - 1, in asset);
                break;
            case MessageKind.InstrumentDefined:
                ref readonly InstrumentDefined instrument = ref MessageBytes.As<InstrumentDefined>(message);
                _instruments.Write((int)instrument.InstrumentId.Value - 1, in instrument);
                break;
            case MessageKind.AccountDefined:
                Write(in MessageBytes.As<AccountDefined>(message));
                break;
            default:
                break;
        }
    }

    /// <summary>Says that the rows reflect all events up to this one.</summary>
    public void SetLogSequence(long logSequence)
    {
        _balances.SetLogSequence(logSequence);
        _positions.SetLogSequence(logSequence);
        _gates.SetLogSequence(logSequence);
    }

    public void Dispose()
    {
        _accounts.Dispose();
        _assets.Dispose();
        _instruments.Dispose();
        _gates.Dispose();
        _tops.Dispose();
        _balances.Dispose();
        _positions.Dispose();
    }

    private void Write(in AccountDefined account)
    {
        int row = (int)account.Header.AccountId.Value - 1;
        _accounts.Write(row, in account);
        if (!_gates.TryRead(row, out AccountGateChanged gate) || gate.Gate == 0)
        {
            gate = new AccountGateChanged
            {
                Header = MessageHeader.For<AccountGateChanged>(account.Header.AccountId),
                Gate = AccountGate.Disconnected,
                Reason = GateReason.None,
            };
            _gates.Write(row, in gate);
        }
    }

    private void Write(in BalanceChanged balance)
    {
        (AccountId, Market, AssetId) key = (balance.Header.AccountId, balance.Wallet, balance.AssetId);
        if (!_balanceRows.TryGetValue(key, out int row))
        {
            row = _balanceRows.Count;
            _balanceRows.Add(key, row);
        }

        _balances.Write(row, in balance);
    }

    private void Write(in PositionChanged position)
    {
        (AccountId, InstrumentId) key = (position.Header.AccountId, position.InstrumentId);
        if (!_positionRows.TryGetValue(key, out int row))
        {
            row = _positionRows.Count;
            _positionRows.Add(key, row);
        }

        _positions.Write(row, in position);
    }
}
