using Oms.Domain.Configuration;
using Oms.Gateway.Access;
using Oms.Journal.Audit;
using Oms.SharedMemory.Health;
using Serilog.Core;

namespace Oms.Gateway;

/// <summary>What the server is built of: opened before it, so that what is wrong is said at once.</summary>
internal sealed record GatewayParts(
    SystemConfiguration Configuration,
    DataFolder Data,
    IdentityRegister Identities,
    ServerCertificate Certificate,
    AuditWriter Audit,
    RegionAttachment Attachment,
    HealthFile Health,
    Logger Log,
    LoggingLevelSwitch Level);
