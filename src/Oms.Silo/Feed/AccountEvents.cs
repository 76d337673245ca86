using Oms.Domain;
using Oms.Domain.Accounts;
using Oms.Domain.Messages;

namespace Oms.Silo.Feed;

/// <summary>Events of one account that follow one another without a gap.</summary>
internal sealed class AccountEvents(AccountName account)
{
    private readonly List<byte[]> _messages = [];

    public AccountName Account { get; } = account;

    public long FirstSequence { get; private set; }

    public long LastSequence { get; private set; }

    public IReadOnlyList<byte[]> Messages => _messages;

    public void Add(byte[] message)
    {
        long sequence = MessageBytes.Header(message).AccountSequence;
        Invariant.Holds(_messages.Count == 0 || sequence == LastSequence + 1);
        FirstSequence = _messages.Count == 0 ? sequence : FirstSequence;
        LastSequence = sequence;
        _messages.Add(message);
    }
}
