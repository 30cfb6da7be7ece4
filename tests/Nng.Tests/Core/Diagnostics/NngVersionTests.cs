using System.Reflection;
using Xunit;

namespace Nng.Tests.Core;

public sealed class NngVersionTests
{
    [Fact]
    public void Version_is_that_of_the_assembly()
    {
        string? built = typeof(NngVersion).Assembly
            .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;

        Assert.Equal(NngVersion.Text, built?.Split('+', '-')[0]);
    }
}
