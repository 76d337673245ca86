using Oms.Simulation;

// Runs from seeds, and, without the word sim, the tests of this program.
if (args is ["sim", .. var arguments])
{
    return SimulationCommand.Run(arguments);
}

return await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
