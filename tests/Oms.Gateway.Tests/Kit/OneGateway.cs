namespace Oms.Gateway.Tests.Kit;

/// <summary>
/// The classes whose tests share one gateway: each leaves it as it found it, and looks only at orders of its own.
/// </summary>
[CollectionDefinition]
public sealed class OneGateway : ICollectionFixture<SharedDeployment>;
