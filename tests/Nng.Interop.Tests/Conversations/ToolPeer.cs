using System;
using System.Buffers.Binary;
using System.IO;
using System.Threading.Tasks;
using Nng.Interop.Tests.Peers;
using Nng.TestKit;
using Xunit;

namespace Nng.Interop.Tests.Conversations;

/// <summary>
/// A C tool as the other end of a conversation: it is told at its start what to say, and prints what it hears as
/// MessagePack binaries, whose lengths are part of what is compared.
/// </summary>
internal sealed class ToolPeer : IDisposable
{
    private readonly Pattern _pattern;
    private readonly bool _toolAsks;
    private readonly byte[] _says;

    /// <summary>It says the same every second.</summary>
    private readonly bool _repeats;

    private readonly string _file = ScratchUrl.IpcPath();
    private readonly ToolProcess _process;

    /// <summary>Starts the tool.</summary>
    /// <param name="tool">Its name.</param>
    /// <param name="pattern">The pattern.</param>
    /// <param name="toolAsks">It asks, we answer.</param>
    /// <param name="toolListens">It listens, we dial.</param>
    /// <param name="url">Where.</param>
    /// <param name="says">Its side of the conversation.</param>
    public ToolPeer(string tool, Pattern pattern, bool toolAsks, bool toolListens, string url, byte[] says)
    {
        _pattern = pattern;
        _toolAsks = toolAsks;
        _says = says;
        string arguments = $"--{ProtocolOf(tool, toolAsks ? pattern.Asker : pattern.Answerer)} ";
        arguments += toolListens ? $"--bind {url}" : $"--connect {url}";
        if (Speaks)
        {
            File.WriteAllBytes(_file, says);
            arguments += $" --file {_file}";
            // What nobody hears is said again; and a tool that waits for no answer may leave before its only message has.
            _repeats = toolAsks && (pattern.Loses || !pattern.Replies || tool == "nanocat");
            if (_repeats)
                arguments += " --interval 1";
        }

        if (Hears)
            arguments += " --msgpack";
        _process = ToolProcess.Start(tool, arguments);
    }

    /// <summary>It has something to say; the ends of a symmetric pattern would not wait to be asked.</summary>
    private bool Speaks => _toolAsks || (_pattern.Replies && !_pattern.IsSymmetric);

    private bool Hears => !_toolAsks || _pattern.Replies;

    /// <summary>One exchange with our end, whose peer the tool must have become.</summary>
    public async Task ExchangeAsync(OurParty ours, byte[] weSay)
    {
        await Eventually.TrueAsync(() => ours.Peers == 1, "the tool is attached", Party.TimeoutMs);
        if (_toolAsks)
            await AnswerAsync(ours, weSay);
        else
            await AskAsync(ours, weSay);
    }

    /// <summary>
    /// Ends the tool by SIGKILL: no word to anybody, a socket file left behind. Returns when our end has noticed, and
    /// holds nothing any more of what the tool has said again.
    /// </summary>
    public async Task KillAsync(OurParty ours)
    {
        _process.Kill();
        bool IsGone()
        {
            TakeRest(ours);
            return ours.Peers == 0;
        }

        // A message that nobody takes would hide the end of its pipe.
        await Eventually.TrueAsync(IsGone, "the killed tool is gone", Party.TimeoutMs);
        TakeRest(ours);
    }

    public void Dispose()
    {
        _process.Dispose();
        File.Delete(_file);
    }

    private static string ProtocolOf(string tool, string protocol) =>
        tool == "nanocat" ? protocol.Replace("pair0", "pair", StringComparison.Ordinal) : protocol;

    private async Task AskAsync(OurParty ours, byte[] question)
    {
        await Background.Run(() => ours.Send(question));
        await ExpectPrintedAsync(question);
        if (Speaks)
            ExpectSaid(await Background.Run(ours.Receive));
    }

    private async Task AnswerAsync(OurParty ours, byte[] answer)
    {
        ExpectSaid(await Background.Run(ours.Receive));
        if (!Hears)
            return;
        await Background.Run(() => ours.Send(answer));
        Task printed = ExpectPrintedAsync(answer);
        if (_repeats && !_pattern.IsSymmetric)
            await Background.Run(() => AnswerAgain(ours, answer, printed));
        await printed;
    }

    /// <summary>
    /// A tool that asks anew has no use for answers to what it has asked before: each question gets one, until one of
    /// them is printed.
    /// </summary>
    private void AnswerAgain(OurParty ours, byte[] answer, Task printed)
    {
        bool IsPrinted()
        {
            while (ours.TryReceive() is { } question)
            {
                ExpectSaid(question);
                ours.Send(answer);
            }

            return printed.IsCompleted;
        }

        Eventually.True(IsPrinted, "the answer is printed", 4 * Party.TimeoutMs);
    }

    /// <summary>Takes what has come since the exchange: the same once more, or nothing.</summary>
    private void TakeRest(OurParty ours)
    {
        while (_repeats && ours.TryReceive() is { } said)
            ExpectSaid(said);
    }

    private void ExpectSaid(byte[] heard) =>
        Assert.True(_says.AsSpan().SequenceEqual(heard), $"{_says.Length} bytes from the tool");

    private async Task ExpectPrintedAsync(byte[] body)
    {
        byte[] head = body.Length switch
        {
            < 256 => [0xc4, (byte)body.Length],
            < 65536 => [0xc5, 0, 0],
            _ => [0xc6, 0, 0, 0, 0],
        };
        if (head.Length == 3)
            BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(1), (ushort)body.Length);
        if (head.Length == 5)
            BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(1), body.Length);
        Assert.Equal(head, await _process.ReadAsync(head.Length));
        byte[] printed = await _process.ReadAsync(body.Length);
        Assert.True(body.AsSpan().SequenceEqual(printed), $"{body.Length} bytes to the tool");
    }
}
