namespace Oms.Connectors;

/// <summary>The shared memory that this process is attached to is not the deployment's any more.</summary>
internal sealed class RegionRebuiltException(string message) : Exception(message);
