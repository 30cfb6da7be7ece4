using System;
using System.Buffers;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Nng.TestKit;

namespace Nng.Tests.Sockets;

/// <summary>Every form in which a message can be sent and received.</summary>
internal static class MessageForms
{
    private static readonly TimeSpan s_long = TimeSpan.FromMilliseconds(Eventually.DefaultTimeoutMs);

    /// <summary>The forms of sending; each sends the body once and fails if it is not taken.</summary>
    public static IReadOnlyDictionary<string, Func<IMessageSender, byte[], Task>> Sends { get; } =
        new Dictionary<string, Func<IMessageSender, byte[], Task>>
        {
            ["message"] = (s, body) => Now(() => s.Send(new Message(body))),
            ["message, timeout"] = (s, body) => Now(() => s.Send(new Message(body), s_long)),
            ["span"] = (s, body) => Now(() => s.Send(body.AsSpan())),
            ["span, timeout"] = (s, body) => Now(() => s.Send(body.AsSpan(), s_long)),
            ["sequence"] = (s, body) => Now(() => s.Send(new ReadOnlySequence<byte>(body))),
            ["sequence, timeout"] = (s, body) => Now(() => s.Send(new ReadOnlySequence<byte>(body), s_long)),
            ["writer"] = (s, body) => Now(() => s.Send(body, Write)),
            ["writer, timeout"] = (s, body) => Now(() => s.Send(body, Write, s_long)),
            ["try message"] = (s, body) => Taken(() => s.TrySend(new Message(body))),
            ["try message, timeout"] = (s, body) => Taken(() => s.TrySend(new Message(body), s_long)),
            ["try span"] = (s, body) => Taken(() => s.TrySend(body.AsSpan())),
            ["try sequence"] = (s, body) => Taken(() => s.TrySend(new ReadOnlySequence<byte>(body))),
            ["try writer"] = (s, body) => Taken(() => s.TrySend(body, Write)),
            ["async message"] = (s, body) => s.SendAsync(new Message(body)).AsTask(),
            ["async memory"] = (s, body) => s.SendAsync(body).AsTask(),
            ["async sequence"] = (s, body) => s.SendAsync(new ReadOnlySequence<byte>(body)).AsTask(),
            ["async writer"] = (s, body) => s.SendAsync(body, Write).AsTask(),
            ["aio"] = (s, body) => Aio(aio =>
            {
                aio.Message = new Message(body);
                s.Send(aio);
            }),
        };

    /// <summary>The forms of receiving; each yields the body of one message.</summary>
    public static IReadOnlyDictionary<string, Func<IMessageReceiver, Task<byte[]>>> Receives { get; } =
        new Dictionary<string, Func<IMessageReceiver, Task<byte[]>>>
        {
            ["blocking"] = r => Task.FromResult(Body(r.Receive())),
            ["timeout"] = r => Task.FromResult(Body(r.Receive(s_long))),
            ["writer"] = r => Written(writer => Task.FromResult(r.Receive(writer))),
            ["try"] = async r =>
            {
                Message? message = null;
                await Eventually.TrueAsync(() => r.TryReceive(out message), "a message is there");
                return Body(message!);
            },
            ["try, timeout"] = r => Task.FromResult(
                r.TryReceive(s_long, out Message? message) ? Body(message) : throw new TimeoutException()),
            ["try writer"] = r => Written(async writer =>
            {
                int length = 0;
                await Eventually.TrueAsync(() => r.TryReceive(writer, out length), "a message is there");
                return length;
            }),
            ["async"] = async r => Body(await r.ReceiveAsync()),
            ["async writer"] = r => Written(writer => r.ReceiveAsync(writer).AsTask()),
            ["enumeration"] = async r =>
            {
                await foreach (Message message in r.ReceiveAllAsync())
                    return Body(message);
                throw new InvalidOperationException("The sequence ended.");
            },
            ["aio"] = async r =>
            {
                byte[] body = [];
                await Aio(r.Receive, aio => body = Body(aio.Message!));
                return body;
            },
        };

    private static void Write(IBufferWriter<byte> writer, byte[] body) => writer.Write(body);

    private static byte[] Body(Message message)
    {
        using (message)
            return message.Body.ToArray();
    }

    private static async Task<byte[]> Written(Func<IBufferWriter<byte>, Task<int>> receive)
    {
        var writer = new ArrayBufferWriter<byte>();
        writer.Write("before"u8);
        int length = await receive(writer);
        return writer.WrittenCount == length + 6 ? writer.WrittenSpan[6..].ToArray() : throw new InvalidOperationException();
    }

    private static Task Now(Action send)
    {
        send();
        return Task.CompletedTask;
    }

    private static Task Taken(Func<bool> send) => send() ? Task.CompletedTask : throw new TimeoutException("Not taken.");

    private static async Task Aio(Action<Aio> submit, Action<Aio>? done = null)
    {
        var ended = new TaskCompletionSource();
        using var aio = new Aio(_ => ended.SetResult());
        submit(aio);
        await Eventually.Completes(ended.Task);
        if (aio.Result != NngError.None)
            throw new NngException(aio.Result);
        done?.Invoke(aio);
    }
}
