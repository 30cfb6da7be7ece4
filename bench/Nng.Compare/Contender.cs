using System.Collections.Generic;

namespace Nng.Compare;

/// <summary>A program that takes part: who it is, how it is started, and what its row is called.</summary>
/// <param name="Name">The row's name.</param>
/// <param name="Command">Program and leading words.</param>
/// <param name="Extra">Words behind the common ones.</param>
/// <param name="LibraryPath">A directory the loader looks into first; null for none.</param>
/// <param name="Transport">The transport that it runs over, when not the scenario's.</param>
/// <param name="IsReference">Something to measure ours against that is no peer's library.</param>
internal sealed record Contender(
    string Name, IReadOnlyList<string> Command, IReadOnlyList<string> Extra, string? LibraryPath = null,
    string? Transport = null, bool IsReference = false)
{
    /// <summary>True for the rows of this project.</summary>
    public bool IsOurs => !IsReference && Name.StartsWith(Scenario.Ours, System.StringComparison.Ordinal);
}
