using System.Collections.Immutable;
using Oms.Domain.Configuration;

namespace Oms.Configuration;

/// <summary>What <c>accounts.yaml</c> says.</summary>
internal sealed record AccountsFile(
    ImmutableArray<Located<AccountConfiguration>> Accounts, AccountRoutingConfiguration Routing);
