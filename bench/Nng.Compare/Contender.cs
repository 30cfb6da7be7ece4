using System.Collections.Generic;

namespace Nng.Compare;

/// <summary>A program that takes part: who it is, how it is started, and what its row is called.</summary>
/// <param name="Name">The row's name.</param>
/// <param name="Command">Program and leading words.</param>
/// <param name="Extra">Words behind the common ones.</param>
/// <param name="LibraryPath">A directory the loader looks into first; null for none.</param>
internal sealed record Contender(
    string Name, IReadOnlyList<string> Command, IReadOnlyList<string> Extra, string? LibraryPath = null)
{
    /// <summary>True for the rows of this project.</summary>
    public bool IsOurs => Name.StartsWith(Scenario.Ours, System.StringComparison.Ordinal);
}
