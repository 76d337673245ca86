using System.Net;

namespace Oms.Exchanges.Tests;

/// <summary>A request as it came over the wire.</summary>
internal sealed record ScriptedRequest(string Method, string Path, string Parameters, string ApiKey, IPAddress Source);
