using System;
using System.Diagnostics;
using System.Text;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using Xunit.Sdk;

namespace Nng.Stress.Tests.Hostile;

/// <summary>
/// A good peer that keeps exchanging numbered messages with a socket under attack. A round ends when its message has
/// made its way; a message that is lost, repeated or out of order fails the test.
/// </summary>
/// <remarks>Threading: rounds one after another; two loops of its own serve the two sockets.</remarks>
internal sealed class GoodTraffic : IAsyncDisposable
{
    /// <summary>How every good message begins; no hostile one does.</summary>
    public const string Mark = "good:";

    /// <summary>How long a round may take before it counts as lost.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>After this a message that a peer may have swallowed by right is sent again.</summary>
    private static readonly TimeSpan s_again = TimeSpan.FromMilliseconds(25);

    private readonly SocketKind _kind;
    private readonly NngSocket _subject;
    private readonly NngSocket _peer;
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<long> _arrived = Channel.CreateUnbounded<long>();
    private readonly Task _loops;
    private long _number;

    public GoodTraffic(SocketKind kind, NngSocket subject, NngSocket peer)
    {
        _kind = kind;
        _subject = subject;
        _peer = peer;
        _loops = Task.WhenAll(ServeAsync(subject, SubjectPart), ServeAsync(peer, PeerPart));
    }

    private enum Part
    {
        None,
        Echo,
        Note,
    }

    /// <summary>Rounds that ended well.</summary>
    public int Rounds { get; private set; }

    private Part SubjectPart => _kind.Talk switch
    {
        Talk.Echo => Part.Echo,
        Talk.Receives => Part.Note,
        _ => Part.None,
    };

    private Part PeerPart => _kind.Talk switch
    {
        Talk.Asks => Part.Echo,
        Talk.Sends => Part.Note,
        _ => Part.None,
    };

    /// <summary>Exchanges one message.</summary>
    public async Task RoundAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        limit.CancelAfter(Patience);
        try
        {
            await (_kind.Talk switch
            {
                Talk.Echo => AskAsync((IMessageSender)_peer, (IMessageReceiver)_peer, limit.Token),
                Talk.Asks when _kind.IsRaw => AskRawAsync(limit.Token),
                Talk.Asks => AskAsync((IMessageSender)_subject, (IMessageReceiver)_subject, limit.Token),
                Talk.Receives => TellAsync((IMessageSender)_peer, limit.Token),
                _ => TellAsync((IMessageSender)_subject, limit.Token),
            });
            Rounds++;
        }
        catch (OperationCanceledException) when (!_stop.IsCancellationRequested)
        {
            throw new XunitException($"{_kind}: good message {_number} was lost after {Rounds} rounds.");
        }
    }

    /// <summary>Exchanges messages until the token is cancelled; the round under way is completed.</summary>
    public async Task RunAsync(CancellationToken until)
    {
        do
            await RoundAsync();
        while (!until.IsCancellationRequested);
    }

    /// <summary>Exchanges messages, one at least, until a condition holds: what is held for a receiver is taken by it.</summary>
    public async Task RunUntilAsync(Func<bool> condition, string what)
    {
        long start = Stopwatch.GetTimestamp();
        do
        {
            await RoundAsync();
            if (Stopwatch.GetElapsedTime(start) > Patience)
                throw new XunitException($"{_kind}: not within {Patience}: {what}.");
        }
        while (!condition());
    }

    /// <summary>Ends the loops; a loop that had failed fails here.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loops;
        _stop.Dispose();
    }

    private static byte[] Text(long number) => Encoding.ASCII.GetBytes($"{Mark}{number}");

    /// <summary>The number of a good message; -1 for another's.</summary>
    private static long NumberOf(Message message)
    {
        string text = Encoding.ASCII.GetString(message.Body);
        return text.StartsWith(Mark, StringComparison.Ordinal) ? long.Parse(text.AsSpan(Mark.Length)) : -1;
    }

    private async Task AskAsync(IMessageSender sender, IMessageReceiver receiver, CancellationToken token)
    {
        await sender.SendAsync(Text(++_number), token);
        while (true)
        {
            using Message answer = await receiver.ReceiveAsync(token);
            long number = NumberOf(answer);
            if (number == _number)
                return;
            if (number > _number)
                throw new XunitException($"{_kind}: answer {number} before question {_number}.");
        }
    }

    /// <summary>Raw askers make the id themselves, and ask again when a hostile peer was asked.</summary>
    private async Task AskRawAsync(CancellationToken token)
    {
        long number = ++_number;
        while (true)
        {
            var question = new Message(Text(number));
            question.AppendHeaderUInt32(0x8000_0000u | (uint)number);
            await ((IMessageSender)_subject).SendAsync(question, token);
            using var again = CancellationTokenSource.CreateLinkedTokenSource(token);
            if (_kind.DealsOut)
                again.CancelAfter(s_again);
            try
            {
                while (true)
                {
                    using Message answer = await ((IMessageReceiver)_subject).ReceiveAsync(again.Token);
                    if (NumberOf(answer) == number)
                        return;
                }
            }
            catch (OperationCanceledException) when (!token.IsCancellationRequested)
            {
                // A hostile peer got it.
            }
        }
    }

    private async Task TellAsync(IMessageSender sender, CancellationToken token)
    {
        while (true)
        {
            await sender.SendAsync(Text(++_number), token);
            using var again = CancellationTokenSource.CreateLinkedTokenSource(token);
            if (_kind.DealsOut)
                again.CancelAfter(s_again);
            try
            {
                long arrived = await _arrived.Reader.ReadAsync(again.Token);
                // What was dealt to the good peer may be late, but comes in order and once.
                if (arrived != _number && !(_kind.DealsOut && arrived < _number))
                    throw new XunitException($"{_kind}: message {arrived} came instead of {_number}.");
                return;
            }
            catch (OperationCanceledException) when (!token.IsCancellationRequested)
            {
                // A hostile peer got it.
            }
        }
    }

    private async Task ServeAsync(NngSocket socket, Part part)
    {
        if (part == Part.None)
            return;
        await Task.Yield();
        long last = 0;
        try
        {
            while (true)
            {
                Message message = await ((IMessageReceiver)socket).ReceiveAsync(_stop.Token);
                if (part == Part.Note)
                {
                    Note(message, ref last);
                    continue;
                }

                // A raw bus message must not exclude the peer it came from.
                if (_kind.Self == 0x70 && ReferenceEquals(socket, _subject))
                    message.ClearHeader();
                await ((IMessageSender)socket).SendAsync(message, _stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
        catch (NngException ended) when (ended.Error == NngError.Closed)
        {
            // So is the socket.
        }
    }

    private void Note(Message message, ref long last)
    {
        using Message _ = message;
        long number = NumberOf(message);
        if (number < 0)
            return;
        if (number <= last)
            throw new XunitException($"{_kind}: message {number} came after {last}.");
        last = number;
        _arrived.Writer.TryWrite(number);
    }
}
