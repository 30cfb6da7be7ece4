using System;
using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;
using Nng.TestKit;

namespace Nng.Stress.Tests.Children;

/// <summary>
/// Dials first when one descriptor is left, then when all are free again; says each time how that went, by the number of
/// the error.
/// </summary>
internal static class ScarceChild
{
    public static async Task RunAsync(string url, int maxDescriptors)
    {
        await using var push = new PushSocket();
        await using var pull = new PullSocket();
        // The runtime loads and compiles what a dial needs: it does not do without descriptors.
        push.Dial(pull.Listen(ScratchUrl.Inproc()).Url);
        Dial(push, "inproc://nobody");
        using (RawPeerListener listener = RawPeerListener.Tcp())
        using (RawPeer peer = RawPeer.Dial(listener.Url))
            listener.Accept().Dispose();
        NngUrl.Parse(url);
        Console.WriteLine("ready");
        var taken = new Stack<FileStream>();
        do
            taken.Push(File.OpenRead("/dev/null"));
        while (taken.Peek().SafeFileHandle.DangerousGetHandle() < maxDescriptors - 2);
        NngError scarce = Dial(push, url);
        NngError again = Dial(push, url);
        foreach (FileStream file in taken)
            file.Dispose();
        Console.WriteLine((int)scarce);
        Console.WriteLine((int)again);
        Console.WriteLine((int)Dial(push, url));
    }

    private static NngError Dial(PushSocket push, string url)
    {
        try
        {
            push.Dial(url);
            return NngError.None;
        }
        catch (NngException failure)
        {
            return failure.Error;
        }
    }
}
