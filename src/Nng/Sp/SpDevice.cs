using System;
using System.Threading;
using Nng.Core;

namespace Nng.Sp;

/// <summary>
/// Forwards between two raw sockets, or back on one: a loop per direction that receives, then sends the same message
/// (core sheet, section 8).
/// </summary>
/// <remarks>
/// Threading: each path is carried on by its own operation's callback. The first failure of any path, or the cancel
/// of the owner's operation, aborts all paths; when the last one has stopped the owner's operation completes with the
/// first error.
/// </remarks>
internal sealed class SpDevice : IAioProvider
{
    private readonly Lock _lock = new();
    private readonly Aio _owner;
    private readonly Path[] _paths;
    private readonly SpSocket[] _sockets;

    /// <summary>
    /// A socket closes. The path that waits for it ends by itself, but one that would only send to it does not know.
    /// </summary>
    private readonly Action _onClose;

    /// <summary>Paths that still run.</summary>
    private int _running;

    /// <summary>The first error; none while all is well.</summary>
    private NngError _error;

    private SpDevice(Aio owner, SpSocket first, SpSocket second)
    {
        _owner = owner;
        _onClose = () => Stop(NngError.Closed);
        bool reflector = ReferenceEquals(first, second);
        _sockets = reflector ? [first] : [first, second];
        bool forward = first.Info.CanReceive && second.Info.CanSend;
        bool backward = !reflector && second.Info.CanReceive && first.Info.CanSend;
        _paths = forward && backward ? [new Path(this, first, second), new Path(this, second, first)]
            : forward ? [new Path(this, first, second)] : [new Path(this, second, first)];
    }

    /// <summary>
    /// Starts forwarding; <paramref name="owner"/> completes when it ends, never with success. One socket may be null:
    /// then it reflects on the other.
    /// </summary>
    public static void Start(Aio owner, SpSocket? first, SpSocket? second)
    {
        if (!owner.Begin())
            return;
        NngError error = Check(ref first, ref second);
        if (error != NngError.None)
        {
            owner.Finish(error);
            return;
        }

        new SpDevice(owner, first!, second!).Run();
    }

    public void OnCancel(Aio aio, object? state, NngError reason) => Stop(reason);

    private static NngError Check(ref SpSocket? first, ref SpSocket? second)
    {
        if (first is null && second is null)
            return NngError.InvalidArgument;
        first ??= second;
        second ??= first;
        if (first!.IsClosing || second!.IsClosing)
            return NngError.Closed;
        bool fit = first.Info.Peer == second.Info.Self && second.Info.Peer == first.Info.Self;
        return fit && first.Info.Raw && second.Info.Raw ? NngError.None : NngError.InvalidArgument;
    }

    private void Run()
    {
        _running = _paths.Length;
        NngError error = _owner.Schedule(this, null);
        if (error != NngError.None)
        {
            _owner.Finish(error);
            return;
        }

        foreach (SpSocket socket in _sockets)
        {
            if (!socket.TryWatchClose(_onClose))
                _onClose();
        }

        foreach (Path path in _paths)
            path.Start();
    }

    /// <summary>Aborts all paths for a reason, unless they are being aborted already.</summary>
    private void Stop(NngError error)
    {
        lock (_lock)
        {
            if (_error != NngError.None)
                return;
            _error = error;
        }

        foreach (Path path in _paths)
            path.Abort(error);
    }

    private bool IsStopping
    {
        get
        {
            lock (_lock)
                return _error != NngError.None;
        }
    }

    private void OnPathEnded(NngError error)
    {
        Stop(error);
        if (Interlocked.Decrement(ref _running) != 0)
            return;
        foreach (SpSocket socket in _sockets)
            socket.UnwatchClose(_onClose);
        _owner.Finish(_error);
    }

    /// <summary>One direction.</summary>
    private sealed class Path
    {
        private readonly SpDevice _device;
        private readonly SpSocket _source;
        private readonly SpSocket _target;
        private readonly Aio _aio;

        /// <summary>The operation under way is the send.</summary>
        private bool _sending;

        public Path(SpDevice device, SpSocket source, SpSocket target)
        {
            _device = device;
            _source = source;
            _target = target;
            _aio = new Aio(OnDone) { TimeoutMs = Aio.Infinite };
        }

        public void Start() => Receive();

        public void Abort(NngError reason) => _aio.Abort(reason);

        private void OnDone(Aio aio)
        {
            NngError error = aio.Result;
            if (error == NngError.None && _device.IsStopping)
                error = NngError.Canceled;
            if (error != NngError.None)
            {
                aio.Message?.Dispose();
                aio.Message = null;
                _device.OnPathEnded(error);
            }
            else if (_sending)
            {
                Receive();
            }
            else
            {
                Send();
            }
        }

        private void Receive()
        {
            _sending = false;
            Submit(_source);
        }

        private void Send()
        {
            _sending = true;
            Submit(_target);
        }

        private void Submit(SpSocket socket)
        {
            if (socket.IsClosing)
            {
                if (_aio.Begin())
                    _aio.Finish(NngError.Closed);
            }
            else if (_sending)
            {
                socket.Protocol.Send(_aio);
            }
            else
            {
                socket.Protocol.Receive(_aio);
            }

            // An abort between two operations finds none to abort; it is made good here.
            if (_device.IsStopping)
                _aio.Abort(NngError.Canceled);
        }
    }
}
