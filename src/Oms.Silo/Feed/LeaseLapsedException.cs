namespace Oms.Silo.Feed;

/// <summary>The right to feed was not renewed in time: another may have it.</summary>
internal sealed class LeaseLapsedException(string key)
    : IOException($"the lease of {key} could not be renewed in time");
