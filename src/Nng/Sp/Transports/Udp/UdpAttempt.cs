using System;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using Nng.Core;
using Nng.Streams;

namespace Nng.Sp.Transports;

/// <summary>
/// One connect of a UDP dialer: resolve, then ask one address after the other, until one answers. It ends once, by its
/// outcome or by who aborts it.
/// </summary>
/// <remarks>Threading: <see cref="_lock"/> guards what is under way.</remarks>
internal sealed class UdpAttempt : IAioProvider
{
    /// <summary>How long the resolver may take (D-1).</summary>
    private const int ResolveMs = 5000;

    private readonly UdpSpDialer _dialer;
    private readonly Aio _connect;
    private readonly CancellationTokenSource _cancel = new();
    private readonly ResolveLimit _limit;
    private readonly Lock _lock = new();
    private IPAddress[] _addresses = [];

    /// <summary>Addresses tried.</summary>
    private int _tried;

    /// <summary>The connection being asked for; null for none.</summary>
    private UdpLink? _link;

    private bool _ended;

    public UdpAttempt(UdpSpDialer dialer, Aio connect)
    {
        _dialer = dialer;
        _connect = connect;
        _limit = new ResolveLimit(this);
    }

    public void Start()
    {
        NngError error = _connect.Schedule(this, null);
        if (error != NngError.None)
            _connect.Finish(error);
        else
            _ = ResolveAsync();
    }

    public void OnCancel(Aio aio, object? state, NngError reason) => End(reason);

    /// <summary>Ends the connect with a reason; what it was doing is aborted.</summary>
    public void End(NngError reason)
    {
        if (!TryEnd(winner: null, out UdpLink? link))
            return;
        link?.Pipe.Close();
        _connect.Finish(reason);
    }

    /// <summary>The peer has answered; it may be too late.</summary>
    public void OnAccepted(UdpLink link)
    {
        if (!TryEnd(link, out _))
        {
            link.Pipe.Close();
            return;
        }

        _connect.SetOutput(0, link.Pipe);
        _connect.Finish(NngError.None);
    }

    /// <summary>The peer has refused, or has not answered.</summary>
    public void OnFailed(UdpLink link, NngError error)
    {
        lock (_lock)
        {
            if (_ended || !ReferenceEquals(_link, link))
                return;
            _link = null;
        }

        TryNext(error);
    }

    private async Task ResolveAsync()
    {
        _dialer.Expirer.Arm(_limit, _dialer.Expirer.Clock.NowMs + ResolveMs);
        NngError error;
        try
        {
            (error, _addresses) =
                await _dialer.Network.ResolveAsync(_dialer.Target, _cancel.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            error = NngError.Canceled;
        }

        _dialer.Expirer.Disarm(_limit);
        TryNext(error == NngError.None ? NngError.AddressInvalid : error);
    }

    /// <summary>Asks the next address; when there is none the connect ends with the last one's error (TW-5).</summary>
    private void TryNext(NngError error)
    {
        while (_tried < _addresses.Length)
        {
            var remote = new IPEndPoint(_addresses[_tried++], _dialer.Target.Port);
            error = _dialer.Network.Open(remote, out DatagramWire? wire);
            if (error != NngError.None)
                continue;
            var link = new UdpLink(this, _dialer, wire!, DatagramNetwork.AnswererOf(remote, wire!.LocalAddress));
            bool ended;
            lock (_lock)
            {
                ended = _ended;
                if (!ended)
                    _link = link;
            }

            if (ended)
            {
                wire.Close();
                return;
            }

            _dialer.Settings.LocalAddress = wire.LocalAddress;
            // All addresses together have the time of one.
            link.Start(Math.Max(_dialer.Settings.ExpireMs / _addresses.Length, 1));
            return;
        }

        End(error);
    }

    /// <summary>True for the one who may finish the connect.</summary>
    /// <param name="winner">Whose peer has answered; while another one is being asked, it was given up before. Null for none.</param>
    /// <param name="link">The connection that was being asked for.</param>
    private bool TryEnd(UdpLink? winner, out UdpLink? link)
    {
        lock (_lock)
        {
            link = _link;
            if (_ended || (winner is not null && !ReferenceEquals(winner, link)))
                return false;
            _ended = true;
        }

        _cancel.Cancel();
        return true;
    }

    /// <summary>Fires when the resolver has taken too long.</summary>
    private sealed class ResolveLimit(UdpAttempt attempt) : Deadline, IThreadPoolWorkItem
    {
        public override void OnExpired() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

        public void Execute() => attempt.End(NngError.TimedOut);
    }
}
