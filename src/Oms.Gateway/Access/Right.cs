namespace Oms.Gateway.Access;

/// <summary>What an identity may do on an account.</summary>
[Flags]
internal enum Right
{
    None = 0,
    Read = 1,
    Trade = 2,
    Transfer = 4,
    Administer = 8,
}
