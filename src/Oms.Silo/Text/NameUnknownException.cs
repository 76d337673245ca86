namespace Oms.Silo.Text;

/// <summary>An event names something by a number that FastPath's tables do not show now.</summary>
internal sealed class NameUnknownException(string what, uint number)
    : Exception($"FastPath's tables do not name {what} {number}");
