using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Nng.Stress.Tests.Hostile;
using Nng.TestKit;

namespace Nng.Stress.Tests;

/// <summary>One round: two sockets joined, operations under way on both, and then closes from everywhere.</summary>
internal sealed class CloseRace
{
    /// <summary>Results in a row without success after which a lane stops asking: the pattern says no for good.</summary>
    private const int MaxRefusals = 8;

    private readonly SocketKind _kind;
    private readonly string _scheme;
    private readonly Random _random;
    private readonly List<Task> _lanes = [];
    private readonly List<Action> _closes = [];
    private int _submitted;
    private int _completed;

    /// <summary>Completions until the one that closes a socket from within.</summary>
    private int _fuse;

    private NngSocket? _bomb;

    public CloseRace(SocketKind kind, string scheme, Random random)
    {
        _kind = kind;
        _scheme = scheme;
        _random = random;
        _fuse = random.Next(0, 60);
    }

    public int Submitted => Volatile.Read(ref _submitted);

    public int Completed => Volatile.Read(ref _completed);

    public async Task RunAsync()
    {
        NngSocket a = _kind.Open();
        NngSocket b = _kind.OpenPeer();
        a.SetOption(OptionNames.ReconnectTimeMin, TimeSpan.FromMilliseconds(1));
        b.SetOption(OptionNames.ReconnectTimeMin, TimeSpan.FromMilliseconds(1));
        string url = ScratchUrl.For(_scheme);
        Listener listener = a.Listen(url);
        Dialer dialer = b.DialInBackground(url);
        Watch(a, b);
        Watch(b, a);
        if (_random.Next(3) == 0)
            _bomb = _random.Next(2) == 0 ? a : b;
        foreach (NngSocket socket in new[] { a, b })
        {
            AddLanes(socket);
            AddContexts(socket);
            _closes.Add(socket.Dispose);
            _closes.Add(() =>
            {
                foreach (Pipe pipe in socket.Pipes)
                    pipe.Close();
            });
        }

        _closes.Add(listener.Dispose);
        _closes.Add(dialer.Dispose);
        if (_random.Next(2) == 0)
            await WaitForTrafficAsync();
        CloseAll();
        a.Dispose();
        b.Dispose();
        await Task.WhenAll(_lanes);
    }

    /// <summary>An event of one socket may close the other, or itself.</summary>
    private void Watch(NngSocket socket, NngSocket other)
    {
        if (_random.Next(3) != 0)
            return;
        var what = (PipeEvent)_random.Next(3);
        NngSocket victim = _random.Next(2) == 0 ? socket : other;
        socket.OnPipe(what, _ => victim.Dispose());
    }

    private void AddLanes(NngSocket socket)
    {
        if (socket is IMessageReceiver receiver)
            _lanes.Add(RunLane(aio => receiver.Receive(aio), Drop));
        if (socket is IMessageSender sender)
            _lanes.Add(RunLane(sender.Send, Renew));
    }

    private void AddContexts(NngSocket socket)
    {
        Func<NngContext>? open = socket switch
        {
            ReqSocket req => req.OpenContext,
            RepSocket rep => rep.OpenContext,
            SurveyorSocket surveyor => surveyor.OpenContext,
            RespondentSocket respondent => respondent.OpenContext,
            _ => null,
        };
        if (open is null)
            return;
        for (int i = 0; i < 2; i++)
        {
            NngContext context;
            try
            {
                context = open();
            }
            catch (NngException early) when (early.Error == NngError.Closed)
            {
                return;
            }

            _lanes.Add(RunLane(aio => context.Receive(aio), Drop));
            _lanes.Add(RunLane(context.Send, Renew));
            _closes.Add(context.Dispose);
        }
    }

    /// <summary>Submits one operation after the other until the socket or context is closed.</summary>
    private Task RunLane(Action<Aio> submit, Action<Aio> prepare)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        int refusals = 0;
        int underWay = 0;
        var aio = new Aio(aio =>
        {
            Interlocked.Increment(ref _completed);
            if (Interlocked.Exchange(ref underWay, 0) != 1)
                ended.TrySetException(new InvalidOperationException("An operation completed twice."));
            refusals = aio.Result == NngError.None ? 0 : refusals + 1;
            if (Interlocked.Decrement(ref _fuse) == 0)
                _bomb?.Dispose();
            if (aio.Result is NngError.Closed || refusals > MaxRefusals)
                ended.TrySetResult();
            else
            {
                try
                {
                    Submit(aio);
                }
                catch (Exception failure)
                {
                    ended.TrySetException(failure);
                }
            }
        }) { TimeoutMs = 5 };

        void Submit(Aio next)
        {
            prepare(next);
            Volatile.Write(ref underWay, 1);
            Interlocked.Increment(ref _submitted);
            submit(next);
        }

        Submit(aio);
        return ended.Task;
    }

    /// <summary>
    /// A failed receive leaves the slot alone: what was disposed must not stay there to be disposed again, when the pool
    /// has given it to somebody else.
    /// </summary>
    private static void Drop(Aio aio)
    {
        aio.Message?.Dispose();
        aio.Message = null;
    }

    private static void Renew(Aio aio) => aio.Message ??= new Message("round and round"u8);

    private async Task WaitForTrafficAsync()
    {
        int target = _random.Next(1, 60);
        await Eventually.TrueAsync(() => Completed > target || _lanes.TrueForAll(lane => lane.IsCompleted));
    }

    /// <summary>Everything is closed by threads that start together, some of it twice.</summary>
    private void CloseAll()
    {
        _closes.Add(_closes[_random.Next(_closes.Count)]);
        Action[] closes = [.. _closes];
        _random.Shuffle(closes);
        int some = _random.Next(1, closes.Length + 1);
        using var start = new Barrier(some);
        var threads = new Thread[some];
        for (int i = 0; i < some; i++)
        {
            Action close = closes[i];
            threads[i] = new Thread(() =>
            {
                start.SignalAndWait();
                close();
            })
            { IsBackground = true };
            threads[i].Start();
        }

        foreach (Thread thread in threads)
            thread.Join();
    }
}
