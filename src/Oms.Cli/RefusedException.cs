namespace Oms.Cli;

/// <summary>What was asked cannot be done. The message tells the user what to do about it.</summary>
internal sealed class RefusedException(string message) : Exception(message);
