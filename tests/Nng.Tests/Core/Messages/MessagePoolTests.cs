using System;
using System.Collections.Generic;
using System.Threading;
using Nng.Core;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Core;

public sealed class MessagePoolTests
{
    [Fact]
    public void What_a_thread_kept_is_for_the_others_when_it_has_ended()
    {
        var kept = new HashSet<Message>(ReferenceEqualityComparer.Instance);
        var thread = new Thread(() => Keep(kept));
        thread.Start();
        Assert.True(thread.Join(Eventually.DefaultTimeoutMs));
        var rented = new List<Message>();
        try
        {
            Eventually.True(
                () =>
                {
                    GC.Collect();
                    GC.WaitForPendingFinalizers();
                    // Other tests rent as well, and some of them may have got some: one is enough.
                    for (int i = 0; i < 1000; i++)
                        rented.Add(MessagePool.Rent());
                    return rented.Exists(kept.Contains);
                },
                "a message of the thread that has ended");
        }
        finally
        {
            rented.ForEach(MessagePool.Return);
        }
    }

    private static void Keep(HashSet<Message> kept)
    {
        for (int i = 0; i < 64; i++)
            kept.Add(new Message(pooled: true));
        foreach (Message message in kept)
            MessagePool.Return(message);
    }
}
