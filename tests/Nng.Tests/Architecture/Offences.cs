using System;
using System.Collections.Generic;
using System.Linq;
using Xunit.Sdk;

namespace Nng.Tests.Architecture;

/// <summary>Turns a list of findings into one readable failure.</summary>
internal static class Offences
{
    public static void None(IEnumerable<string> findings)
    {
        List<string> all = [.. findings];
        if (all.Count > 0)
        {
            throw new XunitException(string.Join(Environment.NewLine, all.Prepend($"{all.Count} findings:")));
        }
    }
}
