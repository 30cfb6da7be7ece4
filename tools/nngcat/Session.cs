using System;
using System.Diagnostics;
using System.Threading;

namespace Nng.Tools.Nngcat;

/// <summary>The loops of the protocols on an open socket, until their end or that of the socket.</summary>
/// <param name="settings">What the command line asks for.</param>
/// <param name="protocol">The protocol of the socket.</param>
/// <param name="socket">The socket, its endpoints started.</param>
/// <param name="printer">Prints what is received.</param>
/// <param name="stop">Ends every pause.</param>
internal sealed class Session(
    Settings settings, OptionId protocol, NngSocket socket, MessagePrinter printer, CancellationToken stop)
{
    /// <summary>How long at least the process stays after its last message, as the original does.</summary>
    private static readonly TimeSpan s_stay = TimeSpan.FromMilliseconds(200);

    /// <summary>Longest stay for the sake of peers of whom some may have stopped.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan s_infinite = Timeout.InfiniteTimeSpan;

    private TimeSpan ReceiveTimeout =>
        settings.ReceiveTimeoutSeconds > 0 ? TimeSpan.FromSeconds(settings.ReceiveTimeoutSeconds) : s_infinite;

    private bool Repeats => settings.IntervalSeconds >= 0 || settings.Count > 0;

    public void Run()
    {
        switch (protocol)
        {
            case OptionId.Sub or OptionId.Pull:
                ReceiveLoop();
                break;
            case OptionId.Push or OptionId.Pub:
                SendLoop();
                break;
            case OptionId.Rep or OptionId.Respondent when settings.Data is not null:
                ReplyLoop();
                break;
            case OptionId.Req or OptionId.Surveyor:
                SendReceiveLoop();
                break;
            default:
                if (settings.Data is null)
                    ReceiveLoop();
                else
                    SendReceiveLoop();
                break;
        }
    }

    private void ReceiveLoop()
    {
        for (int n = 0; settings.Count == 0 || n < settings.Count; n++)
        {
            if (!TryReceive(ReceiveTimeout))
                return;
        }
    }

    private void SendLoop()
    {
        Delay();
        for (int n = 1; ; n++)
        {
            var clock = Stopwatch.StartNew();
            Send();
            if (!Repeats || n == settings.Count)
                break;
            SleepRest(clock);
        }

        StayUntilSent();
    }

    private void ReplyLoop()
    {
        for (int n = 0; settings.Count == 0 || n < settings.Count; n++)
        {
            // Unlike in the receive loop, running out of time is a failure here, as in the original.
            Receive(ReceiveTimeout);
            Send();
        }

        StayUntilSent();
    }

    private void SendReceiveLoop()
    {
        Delay();
        for (int n = 1; ; n++)
        {
            var clock = Stopwatch.StartNew();
            Send();
            if (!Repeats)
            {
                ReceiveLoop();
                break;
            }

            while (TryReceive(RestOf(clock)))
            {
            }

            if (n == settings.Count)
                break;
            SleepRest(clock);
        }

        // For req and surveyor the time of a round is also how long they care about the request.
        if (protocol is not (OptionId.Req or OptionId.Surveyor))
            StayUntilSent();
    }

    /// <summary>How long to receive in this round: the rest of the interval, at most the receive timeout.</summary>
    private TimeSpan RestOf(Stopwatch clock)
    {
        TimeSpan timeout = ReceiveTimeout;
        if (settings.IntervalSeconds < 0)
            return timeout;
        TimeSpan rest = TimeSpan.FromSeconds(settings.IntervalSeconds) - clock.Elapsed;
        if (rest < TimeSpan.Zero)
            rest = TimeSpan.Zero;
        return timeout == s_infinite || rest < timeout ? rest : timeout;
    }

    private void SleepRest(Stopwatch clock)
    {
        if (settings.IntervalSeconds < 0)
            return;
        TimeSpan rest = TimeSpan.FromSeconds(settings.IntervalSeconds) - clock.Elapsed;
        if (rest > TimeSpan.Zero)
            Pause(rest);
    }

    private void Delay()
    {
        if (settings.DelaySeconds > 0)
            Pause(TimeSpan.FromSeconds(settings.DelaySeconds));
    }

    private void Pause(TimeSpan time) => stop.WaitHandle.WaitOne(time);

    /// <summary>
    /// A message that was accepted may still be on its way to a peer that reads slowly. Who sends to all that are there
    /// waits for a while only: one of them that has stopped must not keep it.
    /// </summary>
    private void StayUntilSent()
    {
        Pause(s_stay);
        bool isToAll = protocol is OptionId.Pub or OptionId.Bus;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        if (settings.SendTimeoutSeconds > 0)
            limit.CancelAfter(TimeSpan.FromSeconds(settings.SendTimeoutSeconds));
        else if (isToAll)
            limit.CancelAfter(s_patience);
        try
        {
            socket.FlushAsync(limit.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            if (!isToAll)
                throw SendFailure(NngError.TimedOut);
        }
        catch (NngException failure)
        {
            throw SendFailure(failure.Error);
        }
    }

    private void Send()
    {
        try
        {
            ((IMessageSender)socket).Send(settings.Data.AsSpan());
        }
        catch (NngException failure)
        {
            throw SendFailure(failure.Error);
        }
    }

    /// <summary>Receives and prints; false when the time is up or the survey is over.</summary>
    private bool TryReceive(TimeSpan timeout)
    {
        NngError error = ReceiveAndPrint(timeout);
        return error switch
        {
            NngError.None => true,
            NngError.TimedOut or NngError.IncorrectState => false,
            _ => throw ReceiveFailure(error),
        };
    }

    private void Receive(TimeSpan timeout)
    {
        if (ReceiveAndPrint(timeout) is var error and not NngError.None)
            throw ReceiveFailure(error);
    }

    private NngError ReceiveAndPrint(TimeSpan timeout)
    {
        Message message;
        try
        {
            message = ((IMessageReceiver)socket).Receive(timeout);
        }
        catch (NngException failure)
        {
            return failure.Error;
        }

        using (message)
            printer.Print(message.Body);
        return NngError.None;
    }

    private static FatalException SendFailure(NngError error) => new($"Send error: {error.Text()}");

    private static FatalException ReceiveFailure(NngError error) => new($"Receive error: {error.Text()}");
}
