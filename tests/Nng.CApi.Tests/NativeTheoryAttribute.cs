using Xunit;

namespace Nng.CApi.Tests;

/// <summary>A theory that needs a C compiler and the original library: skipped without them, but never in CI.</summary>
internal sealed class NativeTheoryAttribute : TheoryAttribute
{
    public NativeTheoryAttribute()
    {
        if (!Native.IsReady && !Native.IsCI)
            Skip = "Compares C programs on the original libnng and ours: apt-get install gcc libc6-dev libnng-dev";
    }
}
