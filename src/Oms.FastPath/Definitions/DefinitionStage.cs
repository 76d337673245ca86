using Oms.Domain.Configuration;
using Oms.Engine;

namespace Oms.FastPath.Definitions;

/// <summary>The messages of one sort that are still to be logged, in order.</summary>
internal delegate IEnumerable<byte[]> DefinitionStage(SystemConfiguration configuration, EngineView engine);
