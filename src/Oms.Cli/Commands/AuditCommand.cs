using System.CommandLine;
using Oms.Cli.Tokens;
using Oms.Cli.Trading;
using Oms.Journal.Audit;

namespace Oms.Cli.Commands;

/// <summary><c>oms audit</c>: proves that nobody changed what was written down of changes.</summary>
internal static class AuditCommand
{
    public static Command Create(DeploymentOptions deployment)
    {
        Option<bool> json = TradingArguments.Json();
        var verify = new Command(
            "verify",
            "Proves the chain of the audit log. Exit code 1 where a line was changed, removed or put in. The last "
            + "hash, kept elsewhere, proves later that nothing is missing at the end.")
        {
            json,
        };
        verify.SetAction(arguments =>
        {
            var proof = AuditProof.Of(deployment.DataOf(arguments).Audit);
            if (arguments.GetValue(json))
            {
                TradingOutput.Write(
                    new(proof.Records, proof.LastHash, proof.Problem), TokensJson.Default.AuditJson);
            }
            else
            {
                Console.Out.WriteLine($"{proof.Records} records are sound; the last hash is {proof.LastHash}");
            }

            return proof.Problem is null ? ExitCode.Done : throw new RefusedException(proof.Problem);
        });
        return new Command("audit", "Who changed what, when, and from where.") { verify };
    }
}
