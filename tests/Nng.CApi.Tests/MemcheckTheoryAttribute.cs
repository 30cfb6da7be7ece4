using System.IO;
using Xunit;

namespace Nng.CApi.Tests;

/// <summary>A theory that needs valgrind besides a C compiler and the original library.</summary>
internal sealed class MemcheckTheoryAttribute : TheoryAttribute
{
    public MemcheckTheoryAttribute()
    {
        if (!Native.IsReady || !File.Exists("/usr/bin/valgrind"))
            Skip = "Runs C programs under valgrind: apt-get install valgrind gcc libc6-dev libnng-dev";
    }
}
