using System;
using System.IO;
using System.Linq;

namespace Nng.Compare;

/// <summary>Programs of the machine that a comparison starts.</summary>
internal static class Installed
{
    /// <summary>Whether a program can be started by its name.</summary>
    public static bool Has(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, program)));
}
