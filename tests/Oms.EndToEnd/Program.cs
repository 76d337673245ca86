using Oms.EndToEnd.Chaos;

// A campaign of whatever length, and, without the word chaos, the tests of this program.
if (args is ["chaos", .. var arguments])
{
    return await CampaignCommand.RunAsync(arguments);
}

return await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
