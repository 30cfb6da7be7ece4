using System;
using System.Diagnostics;
using System.Threading;

namespace Nng.Tools.Nngcat;

/// <summary>The loops of the protocols on an open socket.</summary>
internal sealed class Session(Settings settings, OptionId protocol, NngSocket socket, MessagePrinter printer)
{
    /// <summary>Queues drain before the process ends.</summary>
    private static readonly TimeSpan s_drain = TimeSpan.FromMilliseconds(200);

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

        Thread.Sleep(s_drain);
    }

    private void ReplyLoop()
    {
        for (int n = 0; settings.Count == 0 || n < settings.Count; n++)
        {
            if (!TryReceive(ReceiveTimeout))
                break;
            Send();
        }

        Thread.Sleep(s_drain);
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
    }

    /// <summary>How long to receive in this round: the rest of the interval, or the receive timeout if shorter.</summary>
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
            Thread.Sleep(rest);
    }

    private void Delay()
    {
        if (settings.DelaySeconds > 0)
            Thread.Sleep(TimeSpan.FromSeconds(settings.DelaySeconds));
    }

    private void Send()
    {
        try
        {
            ((IMessageSender)socket).Send(settings.Data.AsSpan());
        }
        catch (NngException failure)
        {
            throw new FatalException($"Send error: {failure.Error.Text()}");
        }
    }

    /// <summary>Receives and prints; false when the time is up or the survey is over.</summary>
    private bool TryReceive(TimeSpan timeout)
    {
        try
        {
            using Message message = ((IMessageReceiver)socket).Receive(timeout);
            printer.Print(message.Body);
            return true;
        }
        catch (NngException end) when (end.Error is NngError.TimedOut or NngError.IncorrectState)
        {
            return false;
        }
        catch (NngException failure)
        {
            throw new FatalException($"Receive error: {failure.Error.Text()}");
        }
    }
}
