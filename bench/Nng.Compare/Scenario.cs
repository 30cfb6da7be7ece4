using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace Nng.Compare;

/// <summary>One thing that is measured.</summary>
/// <param name="Id">Word for the command line and the chart's file name.</param>
/// <param name="Title">Heading of the table.</param>
/// <param name="Targets">What our rows should reach.</param>
internal abstract record Scenario(string Id, string Title, IReadOnlyList<Target> Targets)
{
    /// <summary>What our rows are called, or begin with.</summary>
    public const string Ours = "Nng";

    public static IReadOnlyList<Scenario> All { get; } = [.. SpScenario.Sp, .. HttpScenario.Http];

    /// <summary>The script that measures it.</summary>
    public abstract string Tool { get; }

    public abstract string Unit { get; }

    /// <summary>Small figures are good ones.</summary>
    public virtual bool IsLatency => false;

    /// <summary>Builds the programs of all scenarios of the kind; tells which are missing, and why.</summary>
    public abstract IReadOnlyList<string> Prepare(string root);

    /// <summary>Makes everybody ready for runs of a length, ours first.</summary>
    public abstract Task<IReadOnlyList<Entrant>> EnterAsync(string root, TimeSpan length);
}
