using Oms.Domain.Messages;

namespace Oms.Grains.Risk;

/// <summary>What a set of limits is about: an account, an owner group by its name, or the firm.</summary>
/// <param name="Scope">Account, group or firm.</param>
/// <param name="Name"><c>exchange/account</c>, the group's name, or empty for the firm.</param>
[GenerateSerializer]
[Immutable]
[Alias("Oms.Grains.LimitKey")]
public readonly record struct LimitKey([property: Id(0)] LimitScope Scope, [property: Id(1)] string Name);
