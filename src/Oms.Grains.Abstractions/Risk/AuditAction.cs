namespace Oms.Grains.Risk;

/// <summary>What an entry of the audit trail tells.</summary>
public enum AuditAction
{
    LimitsSet = 1,
    LimitsConfirmed = 2,
    LimitsRefused = 3,
    Halted = 4,
    HaltConfirmed = 5,
    Resumed = 6,
}
