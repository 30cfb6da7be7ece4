using System.Threading.Tasks;

namespace Nng.Compare;

/// <summary>A program with the peers' command line, whose runs have a number of messages.</summary>
internal sealed class SpEntrant(SpScenario scenario, Contender contender, Runner runner, int count)
    : Entrant(contender.Name, contender.IsOurs || contender.LibraryPath is not null)
{
    public override Task<double> RunAsync() => runner.RunAsync(scenario, contender, count);
}
