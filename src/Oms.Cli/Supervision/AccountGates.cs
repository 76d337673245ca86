using Oms.Cli.Trading;
using Oms.Domain.Accounts;
using Oms.Domain.Messages;
using Oms.SharedMemory.Regions;
using Oms.SharedMemory.Tables;

namespace Oms.Cli.Supervision;

/// <summary>Which accounts may not send new orders, as FastPath has it.</summary>
internal static class AccountGates
{
    /// <summary>
    /// <c>not ready: binance/main (disconnected: stream_down)</c>; empty when all are ready, or when FastPath
    /// has not made its tables yet.
    /// </summary>
    public static string NotReady(SharedRegion region)
    {
        try
        {
            using StateTable<AccountDefined> accounts =
                StateTable<AccountDefined>.OpenReader(region, StateTables.Accounts);
            using StateTable<AccountGateChanged> gates =
                StateTable<AccountGateChanged>.OpenReader(region, StateTables.Gates);
            string[] closed = [.. Closed(accounts, gates)];
            return closed.Length > 0 ? $"not ready: {string.Join(", ", closed)}" : "";
        }
        catch (Exception exception) when (exception is IOException or LayoutMismatchException)
        {
            return "";
        }
    }

    // Both tables have an account in the same row.
    private static IEnumerable<string> Closed(
        StateTable<AccountDefined> accounts, StateTable<AccountGateChanged> gates)
    {
        for (int row = 0; row < accounts.Count; row++)
        {
            if (accounts.TryRead(row, out AccountDefined account)
                && gates.TryRead(row, out AccountGateChanged gate)
                && gate.Gate != AccountGate.Ready)
            {
                string reason = gate.Reason == GateReason.None ? "" : $": {Wording.Of(gate.Reason)}";
                yield return $"{account.Name} ({Wording.Of(gate.Gate)}{reason})";
            }
        }
    }
}
