namespace Oms.Domain.Messages;

/// <summary>Values of <see cref="SubmitCancel.Halt"/>.</summary>
public static class CancelHalt
{
    /// <summary>The account trades.</summary>
    public const uint None = 0;

    /// <summary>The account is halted, or its exchange or the firm: it goes before all others.</summary>
    public const uint Halted = 1;

    /// <summary>
    /// Likewise, and every order of the account is canceled with it: one request for all of a listing will do.
    /// </summary>
    public const uint EndsAll = 2;
}
