using System;
using System.IO;
using System.Text;
using Nng;
using Quickstart;

// A tour of the patterns on real messages, each over inproc, ipc and tcp, and of HTTP. It ends by itself.
string ipc = Path.Combine(Path.GetTempPath(), $"nng-tour-{Environment.ProcessId}.sock");
foreach (string url in (string[])["inproc://tour", "ipc://" + ipc, "tcp://127.0.0.1:0"])
{
    Console.WriteLine($"== {url}");
    await RequestReply.RunAsync(url);
    await PublishSubscribe.RunAsync(url);
    await Pipeline.RunAsync(url);
    await Survey.RunAsync(url);
    await Bus.RunAsync(url);
    await Pair.RunAsync(url);
    await Bridge.RunAsync(url);
}

foreach (string url in (string[])["http://127.0.0.1:0", "http+unix://" + Uri.EscapeDataString(ipc + ".http")])
{
    Console.WriteLine($"== {url}");
    await Web.RunAsync(url);
}

Console.WriteLine("The tour is over.");

namespace Quickstart
{
    /// <summary>What the stops of the tour share.</summary>
    internal static class Tour
    {
        /// <summary>Nothing in the tour waits longer than this: an error shows instead of a hang.</summary>
        public static SocketOptions Options { get; } = new()
        {
            SendTimeout = TimeSpan.FromSeconds(10),
            ReceiveTimeout = TimeSpan.FromSeconds(10),
        };

        public static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);

        public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

        /// <summary>The text of a message, which is given back to the pool.</summary>
        public static string Text(Message message)
        {
            using (message)
                return Encoding.UTF8.GetString(message.Body);
        }

        public static void Say(string pattern, string what) => Console.WriteLine($"  {pattern,-9} {what}");
    }
}
