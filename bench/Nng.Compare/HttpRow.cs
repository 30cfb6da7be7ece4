using System;

namespace Nng.Compare;

/// <summary>A row of a comparison of HTTP.</summary>
/// <param name="Name">The row's name.</param>
/// <param name="Server">The server's row in <see cref="HttpContenders"/>.</param>
/// <param name="Path">What wrk asks for.</param>
internal sealed record HttpRow(string Name, string Server, string Path)
{
    /// <summary>wrk's requests go out 16 at a time.</summary>
    public bool IsPipelined { get; init; }

    /// <summary>Words for our own program of clients, which then asks in wrk's place; null for wrk.</summary>
    public string[]? Client { get; init; }

    public bool IsOurs => Name.StartsWith(Scenario.Ours, StringComparison.Ordinal) || Name == HttpContenders.OurLibrary;
}
