using System;
using System.Threading.Tasks;

namespace Nng.Compare;

/// <summary>A contender that stands ready for the rounds of a scenario.</summary>
/// <param name="name">The row's name.</param>
/// <param name="isOurs">Our library in some form: no peer.</param>
internal abstract class Entrant(string name, bool isOurs) : IDisposable
{
    public string Name { get; } = name;

    public bool IsOurs { get; } = isOurs;

    /// <summary>One run; its figure.</summary>
    public abstract Task<double> RunAsync();

    /// <summary>Ends what runs for it.</summary>
    public virtual void Dispose()
    {
    }
}
