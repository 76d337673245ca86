using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Transfers;

namespace Oms.Simulation.Checks;

/// <summary>The numbers of orders, transfers and rounds that an engine gave each account, in their order.</summary>
internal sealed class GivenNumbers
{
    private readonly Dictionary<AccountId, List<long>> _orders = [];
    private readonly Dictionary<AccountId, List<long>> _rounds = [];
    private readonly Dictionary<AccountId, List<long>> _transfers = [];
    private readonly HashSet<long> _known = [];

    public List<long> OrdersOf(AccountId account) => Of(_orders, account);

    public List<long> TransfersOf(AccountId account) => Of(_transfers, account);

    public List<long> RoundsOf(AccountId account) => Of(_rounds, account);

    public void Note(ReadOnlySpan<byte> said)
    {
        while (!said.IsEmpty)
        {
            ref readonly MessageHeader header = ref MessageBytes.Header(said);
            if (header.Kind == MessageKind.ExecutionReport)
            {
                long order = MessageBytes.As<ExecutionReport>(said).OrderId.Value;
                if (order != 0 && _known.Add(order))
                {
                    OrdersOf(header.AccountId).Add(order);
                }
            }
            else if (header.Kind == MessageKind.TransferReport
                && MessageBytes.As<TransferReport>(said) is { Step: TransferStep.Accepted } transfer)
            {
                TransfersOf(header.AccountId).Add(transfer.TransferId.Value);
            }
            else if (header.Kind == MessageKind.GatherEvidence)
            {
                RoundsOf(header.AccountId).Add(MessageBytes.As<GatherEvidence>(said).EvidenceId);
            }

            said = said[header.LengthBytes..];
        }
    }

    private static List<long> Of(Dictionary<AccountId, List<long>> numbers, AccountId account)
    {
        if (!numbers.TryGetValue(account, out List<long>? given))
        {
            given = [];
            numbers.Add(account, given);
        }

        return given;
    }
}
