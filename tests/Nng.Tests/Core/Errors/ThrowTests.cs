using System;
using Nng.Core;
using Xunit;

namespace Nng.Tests.Core;

public sealed class ThrowTests
{
    [Fact]
    public void Message_names_the_offending_value()
    {
        NngException failure = Assert.Throws<NngException>(() => Throw.MessageTooShort("trim", 9, 4));

        Assert.Equal(NngError.InvalidArgument, failure.Error);
        Assert.Contains("9", failure.Message, StringComparison.Ordinal);
        Assert.Contains("4", failure.Message, StringComparison.Ordinal);
        Assert.Contains("64", Assert.Throws<NngException>(() => Throw.HeaderTooLong(62, 4)).Message, StringComparison.Ordinal);
        Assert.Equal(
            NngError.Busy, Assert.Throws<NngException>(() => Throw.Error(NngError.Busy, "in use")).Error);
        Assert.Throws<InvalidOperationException>(Throw.AioBusy);
    }
}
