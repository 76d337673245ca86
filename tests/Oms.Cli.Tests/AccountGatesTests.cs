using Oms.Cli.Supervision;
using Oms.Domain.Accounts;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Domain.Text;
using Oms.SharedMemory.Regions;
using Oms.SharedMemory.Tables;

namespace Oms.Cli.Tests;

public sealed class AccountGatesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("oms-gates-").FullName;
    private readonly SharedRegion _region;

    public AccountGatesTests() => _region = SharedRegion.ForDataFolder(_folder);

    [Fact]
    public void Only_accounts_that_are_not_ready_are_named_with_the_reason()
    {
        using StateTable<AccountDefined> accounts =
            StateTable<AccountDefined>.OpenWriter(_region, StateTables.Accounts, rowsMax: 4);
        using StateTable<AccountGateChanged> gates =
            StateTable<AccountGateChanged>.OpenWriter(_region, StateTables.Gates, rowsMax: 4);
        Assert.Empty(AccountGates.NotReady(_region));
        Define(accounts, 1, "binance/main");
        Define(accounts, 2, "binance/hedge");
        Define(accounts, 3, "okx/main");
        Set(gates, 1, AccountGate.Disconnected, GateReason.StreamDown);
        Set(gates, 2, AccountGate.Ready, GateReason.EvidenceComplete);
        Set(gates, 3, AccountGate.Disconnected, GateReason.None);

        Assert.Equal(
            "not ready: binance/main (disconnected: stream_down), okx/main (disconnected)",
            AccountGates.NotReady(_region));
    }

    [Fact]
    public void Before_fastpath_has_made_its_tables_nothing_is_said() =>
        Assert.Empty(AccountGates.NotReady(_region));

    public void Dispose()
    {
        _region.Delete();
        Directory.Delete(_folder, recursive: true);
    }

    private static void Define(StateTable<AccountDefined> table, uint id, string name)
    {
        var account = new AccountDefined
        {
            Header = MessageHeader.For<AccountDefined>(new AccountId(id)),
            Name = Text64.Of(name),
            Exchange = Text16.Of(name.Split('/')[0]),
            Connector = 0,
            Markets = MarketFlags.Spot,
            OwnerGroup = 0,
        };
        table.Write((int)id - 1, in account);
    }

    private static void Set(
        StateTable<AccountGateChanged> table, uint id, AccountGate state, GateReason reason)
    {
        var gate = new AccountGateChanged
        {
            Header = MessageHeader.For<AccountGateChanged>(new AccountId(id)), Gate = state, Reason = reason,
            ReconciledUnixNanos = 0,
        };
        table.Write((int)id - 1, in gate);
    }
}
