namespace Oms.EndToEnd;

/// <summary>Tests that share one running system, one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class RunningSystem : ICollectionFixture<Deployment>
{
    public const string Name = "running system";
}
