namespace Oms.Silo.Tests;

internal sealed record StoredMessage(string Subject, string MessageId, string Payload);
