using System.Collections.Frozen;
using Microsoft.Extensions.Logging;
using Oms.Domain.Ids;
using Oms.Domain.Messages;

namespace Oms.Connectors;

/// <summary>
/// Gives each request to the session of its account; a request of another session is nobody's.
/// </summary>
internal sealed class RequestRouter(
    long session, FrozenDictionary<AccountId, AccountSession> accounts, ILogger logger)
{
    private readonly List<AccountSession> _gathering = [];

    /// <summary>At the end of a turn: what waited for others of its kind goes.</summary>
    public void EndTurn() => _ = _gathering.RemoveAll(static account => account.TrySendGathered());

    /// <summary>False when there is no room for it now: it is to be offered again.</summary>
    public bool TryTake(ReadOnlySpan<byte> request)
    {
        if (SessionOf(request) != session)
        {
            return true;
        }

        ref readonly MessageHeader header = ref MessageBytes.Header(request);
        if (accounts.TryGetValue(header.AccountId, out AccountSession? account))
        {
            bool isTaken = account.TryTake(request);
            if (account.HasGathered && !_gathering.Contains(account))
            {
                _gathering.Add(account);
            }

            return isTaken;
        }

        Log.RequestForNobody(logger, header.Kind, header.AccountId);
        return true;
    }

    private static long SessionOf(ReadOnlySpan<byte> request) => MessageBytes.Header(request).Kind switch
    {
        MessageKind.SubmitOrder => MessageBytes.As<SubmitOrder>(request).Session,
        MessageKind.SubmitCancel => MessageBytes.As<SubmitCancel>(request).Session,
        MessageKind.SubmitAmend => MessageBytes.As<SubmitAmend>(request).Session,
        MessageKind.ResolveOrder => MessageBytes.As<ResolveOrder>(request).Session,
        MessageKind.SubmitTransfer => MessageBytes.As<SubmitTransfer>(request).Session,
        MessageKind.ResolveTransfer => MessageBytes.As<ResolveTransfer>(request).Session,
        MessageKind.GatherEvidence => MessageBytes.As<GatherEvidence>(request).Session,
        _ => 0,
    };
}
