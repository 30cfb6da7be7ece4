using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Nng.TestKit;
using Xunit;

namespace Nng.Stress.Tests;

/// <summary>
/// Everything at once on every pattern: operations that wait, time out and are cancelled, pipes that are closed and
/// dialled again, buffers that change, contexts that come and go. Each operation must complete once, each message that
/// arrives must be whole, and closing must end it all.
/// </summary>
public sealed class ProtocolStormTests
{
    private const int Workers = 4;

    /// <summary>Operations that the workers together submit.</summary>
    private const int Operations = 20_000;

    public enum Pattern
    {
        PushPull,
        PubSub,
        Pair0,
        Pair1,
        Pair1Poly,
        ReqRep,
        SurveyorRespondent,
        Bus,
    }

    public static TheoryData<Pattern, string> Cases
    {
        get
        {
            var cases = new TheoryData<Pattern, string>();
            foreach (Pattern pattern in Enum.GetValues<Pattern>())
            {
                foreach (string scheme in (string[])["inproc", "ipc", "tcp"])
                    cases.Add(pattern, scheme);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Every_operation_completes_once_and_every_message_is_whole(Pattern pattern, string scheme)
    {
        NngSocket[] sockets = Open(pattern);
        string url = sockets[0].Listen(ScratchUrl.For(scheme)).Url;
        foreach (NngSocket socket in sockets[1..])
        {
            socket.SetOption("reconnect-time-min", TimeSpan.FromMilliseconds(1));
            socket.DialInBackground(url);
        }

        await Eventually.TrueAsync(() => sockets[0].Pipes.Count > 0, "somebody is connected");
        var storm = new Storm(sockets);
        Task[] workers = [.. Enumerable.Range(0, Workers).Select(n => Task.Factory.StartNew(
            () => storm.Run(new Random(Scale.Seed + n), Scale.Of(Operations)),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default))];
        await Eventually.Completes(Task.WhenAll(workers), $"the storm ends (seed {Scale.Seed})", 120_000);
        Task[] closing = [.. sockets.Select(socket => Task.Run(socket.Dispose))];
        await Eventually.Completes(Task.WhenAll(closing), "the sockets close", 30_000);
        Assert.True(storm.Finish() > 0, $"no message arrived (seed {Scale.Seed})");
    }

    private static NngSocket[] Open(Pattern pattern)
    {
        switch (pattern)
        {
            case Pattern.PushPull:
                return [new PullSocket(), new PushSocket(), new PushSocket()];
            case Pattern.PubSub:
                SubSocket[] subs = [new SubSocket(), new SubSocket()];
                foreach (SubSocket sub in subs)
                    sub.Subscribe(string.Empty);
                return [new PubSocket(), .. subs];
            case Pattern.Pair0:
                return [new Pair0Socket(), new Pair0Socket()];
            case Pattern.Pair1:
                return [new Pair1Socket(), new Pair1Socket()];
            case Pattern.Pair1Poly:
                return [new Pair1PolySocket(), new Pair1Socket(), new Pair1Socket()];
            case Pattern.ReqRep:
                var resend = new ReqSocketOptions
                {
                    ResendTime = TimeSpan.FromMilliseconds(5),
                    ResendTick = TimeSpan.FromMilliseconds(1),
                };
                return [new RepSocket(), new ReqSocket(resend), new ReqSocket()];
            case Pattern.SurveyorRespondent:
                return [
                    new SurveyorSocket(new SurveyorSocketOptions { SurveyTime = TimeSpan.FromMilliseconds(3) }),
                    new RespondentSocket(), new RespondentSocket()];
            default:
                return [new BusSocket(), new BusSocket(), new BusSocket()];
        }
    }

    /// <summary>What the workers share.</summary>
    private sealed class Storm
    {
        private readonly List<Lane> _lanes = [];
        private readonly NngSocket[] _sockets;
        private readonly Lock _lock = new();
        private int _operations;

        public Storm(NngSocket[] sockets)
        {
            _sockets = sockets;
            foreach (NngSocket socket in sockets)
            {
                for (int i = 0; i < 4; i++)
                    _lanes.Add(new Lane(socket, () => OpenContext(socket)));
            }
        }

        public void Run(Random random, int operations)
        {
            while (Volatile.Read(ref _operations) < operations)
            {
                Lane lane = _lanes[random.Next(_lanes.Count)];
                NngSocket socket = _sockets[random.Next(_sockets.Length)];
                switch (random.Next(200))
                {
                    case 0:
                        IReadOnlyList<Pipe> pipes = socket.Pipes;
                        if (pipes.Count > 0)
                            pipes[random.Next(pipes.Count)].Close();
                        break;
                    case 1:
                        socket.SetOption("recv-buffer", random.Next(1, 5));
                        break;
                    case 2:
                        socket.SetOption("send-buffer", random.Next(1, 5));
                        break;
                    case 3 when socket is SubSocket sub:
                        string topic = Guid.NewGuid().ToString();
                        sub.Subscribe(topic);
                        sub.SetOption("sub:prefnew", random.Next(2) == 0);
                        sub.Unsubscribe(topic);
                        break;
                    case 4:
                        lane.Renew();
                        break;
                    case < 10:
                        lane.Cancel(random);
                        break;
                    default:
                        if (lane.Step(random, _lock))
                            Interlocked.Increment(ref _operations);
                        else
                            Thread.Yield();
                        break;
                }
            }
        }

        /// <summary>Everything has completed; returns how many messages have arrived.</summary>
        public int Finish() => _lanes.Sum(lane => lane.Finish());

        private static NngContext? OpenContext(NngSocket socket) => socket switch
        {
            ReqSocket req => req.OpenContext(),
            RepSocket rep => rep.OpenContext(),
            SurveyorSocket surveyor => surveyor.OpenContext(),
            RespondentSocket respondent => respondent.OpenContext(),
            _ => null,
        };
    }

    /// <summary>A send and a receive that are submitted again and again, on the socket or a context of its own.</summary>
    private sealed class Lane
    {
        private readonly NngSocket _socket;
        private readonly Func<NngContext?> _open;
        private readonly Aio _send;
        private readonly Aio _receive;
        private NngContext? _context;
        private int _submitted;
        private int _completed;
        private int _received;
        private string? _broken;

        /// <summary>Whether the operation may be submitted; taken by whoever submits, given back by the callback.</summary>
        private int _sendFree = 1;

        private int _receiveFree = 1;

        public Lane(NngSocket socket, Func<NngContext?> open)
        {
            _socket = socket;
            _open = open;
            _send = new Aio(OnSent);
            _receive = new Aio(OnReceived);
        }

        /// <summary>Submits an operation, or cancels one now and then; false when none was submitted.</summary>
        public bool Step(Random random, Lock opening)
        {
            bool sends = random.Next(2) == 0;
            ref int free = ref sends ? ref _sendFree : ref _receiveFree;
            if ((object)_socket is not IMessageSender && sends || (object)_socket is not IMessageReceiver && !sends
                || (Volatile.Read(ref free) == 0 && random.Next(20) > 0))
                return false;
            if (Interlocked.Exchange(ref free, 0) == 0)
            {
                Cancel(random);
                return false;
            }

            Aio aio = sends ? _send : _receive;
            aio.TimeoutMs = random.Next(4) switch
            {
                0 => 0,
                1 => random.Next(1, 4),
                _ => Aio.Infinite,
            };
            NngContext? context;
            lock (opening)
                context = random.Next(3) == 0 ? null : _context ??= _open();
            Interlocked.Increment(ref _submitted);
            if (sends)
            {
                aio.Message = Make(random);
                if (context is not null)
                    context.Send(aio);
                else
                    ((IMessageSender)_socket).Send(aio);
            }
            else if (context is not null)
            {
                context.Receive(aio);
            }
            else
            {
                ((IMessageReceiver)_socket).Receive(aio);
            }

            return true;
        }

        public void Cancel(Random random) =>
            (random.Next(2) == 0 ? _send : _receive).Abort(random.Next(2) == 0 ? NngError.Canceled : NngError.Interrupted);

        public void Renew() => Interlocked.Exchange(ref _context, null)?.Dispose();

        public int Finish()
        {
            Renew();
            _send.Wait();
            _receive.Wait();
            Assert.Null(_broken);
            Assert.Equal(_submitted, _completed);
            return _received;
        }

        private static Message Make(Random random)
        {
            int length = random.Next(6) switch
            {
                0 => 4,
                1 => random.Next(4, 100_000),
                _ => random.Next(4, 400),
            };
            Message message = Message.Create(length);
            Span<byte> body = message.GetWritableBody();
            BinaryPrimitives.WriteInt32LittleEndian(body, length);
            body[4..].Fill((byte)length);
            return message;
        }

        private void OnSent(Aio aio)
        {
            Interlocked.Increment(ref _completed);
            if (aio.Result == NngError.None && aio.Message is not null)
                _broken = "a sent message is still in its slot";
            aio.Message?.Dispose();
            aio.Message = null;
            Volatile.Write(ref _sendFree, 1);
        }

        private void OnReceived(Aio aio)
        {
            Interlocked.Increment(ref _completed);
            Message? message = aio.Message;
            aio.Message = null;
            if ((aio.Result == NngError.None) != (message is not null))
                _broken = $"{aio.Result} and {(message is null ? "no message" : "a message")}";
            if (message is not null)
            {
                if (!IsWhole(message.Body))
                    _broken = $"a damaged message of {message.Length} bytes";
                message.Dispose();
                _received++;
            }

            Volatile.Write(ref _receiveFree, 1);
        }

        private static bool IsWhole(ReadOnlySpan<byte> body) =>
            body.Length >= 4 && BinaryPrimitives.ReadInt32LittleEndian(body) == body.Length
            && body[4..].IndexOfAnyExcept((byte)body.Length) < 0;
    }
}
