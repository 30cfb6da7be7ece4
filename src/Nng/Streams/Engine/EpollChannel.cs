using System;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Threading;
using Nng.Core;

namespace Nng.Streams;

/// <summary>A socket on a loop: transfers are tried at once; readiness comes as edges.</summary>
/// <remarks>
/// Threading: a direction's readiness is one atomic word. An edge either meets a waiting transfer, which is then told,
/// or is remembered for the next one. A receive that came short has drained the socket: the next one needs an edge
/// first and costs no system call. Not so behind descriptors passed along (SCM_RIGHTS) and urgent data, which end a receive
/// early: the rest waits for the peer's next bytes.
/// </remarks>
internal sealed unsafe class EpollChannel : IoChannel, IEpollTarget
{
    /// <summary>No edge since the last transfer.</summary>
    private const int Quiet = 0;

    /// <summary>An edge came that no transfer has used yet.</summary>
    private const int Edge = 1;

    /// <summary>A transfer waits for an edge.</summary>
    private const int Waiting = 2;

    private readonly EpollLoop _loop;
    private EpollDescriptor _descriptor;
    private int _slot = -1;
    private int _readState;
    private int _writeState;

    /// <summary>The last receive took all there was.</summary>
    private bool _drained;

    /// <summary>The peer or this side has shut down, or an error is pending: short receives prove nothing.</summary>
    private volatile bool _ending;

    private int _flushRequested;

    public EpollChannel(EpollLoop loop, Socket socket, bool connected)
        : base(socket)
    {
        _loop = loop;
        socket.Blocking = false;
        _descriptor = new EpollDescriptor(socket);
        NngError error = connected ? Register() : NngError.None;
        if (error != NngError.None)
            Throw.Error(error, "Cannot watch the socket.");
    }

    public override WaitDriver? WaitDriver => _loop;

    public override NngError Connect(EndPoint remote)
    {
        SocketAddress address = remote.Serialize();
        if (!_descriptor.TryEnter())
            return NngError.Closed;
        try
        {
            int result;
            int errno;
            fixed (byte* bytes = address.Buffer.Span)
            {
                do
                {
                    result = LinuxNative.Connect(_descriptor.Number, bytes, (uint)address.Size);
                    errno = result == 0 ? 0 : Marshal.GetLastPInvokeError();
                }
                while (errno == LinuxNative.EIntr);
            }

            if (errno == LinuxNative.EAgain)
                return NngError.Busy;
            if (errno != 0 && errno != LinuxNative.EInProgress)
                return NngErrorMap.FromErrno(errno);
            if (errno == 0)
                return Register();
            _writeState = Waiting;
            NngError error = Register();
            return error == NngError.None ? NngError.TryAgain : error;
        }
        finally
        {
            _descriptor.Leave();
        }
    }

    public override NngError FinishConnect()
    {
        const int solSocket = 1;
        const int soError = 4;
        if (!_descriptor.TryEnter())
            return NngError.Closed;
        int errno = 0;
        uint length = sizeof(int);
        int result = LinuxNative.GetSocketOption(_descriptor.Number, solSocket, soError, &errno, &length);
        _descriptor.Leave();
        return NngErrorMap.FromErrno(result == 0 ? errno : Marshal.GetLastPInvokeError());
    }

    public override IoResult TryReceive(Span<byte> buffer)
    {
        while (true)
        {
            if (_drained && Volatile.Read(ref _readState) == Quiet)
                return IoResult.Wait;
            _drained = false;
            Volatile.Write(ref _readState, Quiet);
            nint count;
            int errno = 0;
            if (!_descriptor.TryEnter())
                return IoResult.Failed(NngError.Closed);
            fixed (byte* bytes = buffer)
            {
                count = LinuxNative.Receive(
                    _descriptor.Number, bytes, (nuint)buffer.Length, LinuxNative.MsgDontWait);
                if (count < 0)
                    errno = Marshal.GetLastPInvokeError();
            }

            _descriptor.Leave();
            if (count >= 0)
            {
                _drained = count > 0 && count < buffer.Length && !_ending;
                return IoResult.Moved((int)count);
            }

            if (errno == LinuxNative.EAgain)
            {
                _drained = true;
                return IoResult.Wait;
            }

            if (errno != LinuxNative.EIntr)
                return IoResult.Failed(NngErrorMap.FromErrno(errno));
        }
    }

    public override bool WaitReadable() => Interlocked.CompareExchange(ref _readState, Waiting, Quiet) == Quiet;

    public override bool WaitWritable() => Interlocked.CompareExchange(ref _writeState, Waiting, Quiet) == Quiet;

    public override IoResult TrySend(ReadOnlySpan<IoSegment> segments)
    {
        while (true)
        {
            Volatile.Write(ref _writeState, Quiet);
            if (!_descriptor.TryEnter())
                return IoResult.Failed(NngError.Closed);
            nint count = EpollGather.Send(_descriptor.Number, segments, out int errno);
            _descriptor.Leave();
            if (ResultOf(count, errno, out IoResult result))
                return result;
        }
    }

    public override IoResult TrySend(ReadOnlySpan<byte> bytes)
    {
        while (true)
        {
            Volatile.Write(ref _writeState, Quiet);
            if (!_descriptor.TryEnter())
                return IoResult.Failed(NngError.Closed);
            nint count = EpollGather.Send(_descriptor.Number, bytes, out int errno);
            _descriptor.Leave();
            if (ResultOf(count, errno, out IoResult result))
                return result;
        }
    }

    public override IoResult TrySend(ReadOnlySpan<ReadOnlyMemory<byte>> segments, int offset)
    {
        if (segments.Length == 1)
            return TrySend(segments[0].Span[offset..]);
        while (true)
        {
            Volatile.Write(ref _writeState, Quiet);
            if (!_descriptor.TryEnter())
                return IoResult.Failed(NngError.Closed);
            nint count;
            int errno;
            try
            {
                count = EpollGather.Send(_descriptor.Number, segments, offset, out errno);
            }
            finally
            {
                // The owner of an element's memory may throw.
                _descriptor.Leave();
            }

            if (ResultOf(count, errno, out IoResult result))
                return result;
        }
    }

    public override void RequestFlush()
    {
        if (Interlocked.Exchange(ref _flushRequested, 1) == 0)
            _loop.RequestFlush(this);
    }

    public void OnFlush()
    {
        Volatile.Write(ref _flushRequested, 0);
        Handler.OnFlush();
    }

    public void OnEvents(uint events)
    {
        const uint ended = LinuxNative.EpollErr | LinuxNative.EpollHup;
        if ((events & (ended | LinuxNative.EpollRdHup)) != 0)
            _ending = true;
        if ((events & (LinuxNative.EpollOut | ended)) != 0 && Signal(ref _writeState))
            Handler.OnWritable();
        if ((events & (LinuxNative.EpollIn | LinuxNative.EpollRdHup | ended)) != 0 && Signal(ref _readState))
            Handler.OnReadable();
    }

    public override void Close()
    {
        _ending = true;
        try
        {
            if (_descriptor.TryEnter())
            {
                Socket.Shutdown(SocketShutdown.Both);
                _descriptor.Leave();
            }
        }
        catch (SocketException)
        {
            // Not connected (any more): nothing to shut down.
            _descriptor.Leave();
        }

        if (!_descriptor.Close())
            return;
        Unregister();
        // The loop tells nobody any more. An edge that stays lets later transfers find the descriptor closed.
        if (Signal(ref _writeState))
            Handler.OnWritable();
        if (Signal(ref _readState))
            Handler.OnReadable();
    }

    /// <summary>An edge came; true when a transfer waits for it.</summary>
    private static bool Signal(ref int state) => Interlocked.Exchange(ref state, Edge) == Waiting;

    private NngError Register()
    {
        NngError error = _loop.Register(this, _descriptor.Number, out int slot);
        if (error != NngError.None)
            return error;
        Interlocked.Exchange(ref _slot, slot);
        // A close that came before had nothing to unregister.
        if (_descriptor.IsClosed)
            Unregister();
        return NngError.None;
    }

    private void Unregister()
    {
        int slot = Interlocked.Exchange(ref _slot, -1);
        if (slot >= 0)
            _loop.Unregister(slot);
    }

    /// <summary>What a send came to; false when it was interrupted and is to be repeated.</summary>
    private static bool ResultOf(nint count, int errno, out IoResult result)
    {
        result = count >= 0 ? IoResult.Moved((int)count)
            : errno == LinuxNative.EAgain ? IoResult.Wait
            : IoResult.Failed(NngErrorMap.FromErrno(errno));
        return count >= 0 || errno != LinuxNative.EIntr;
    }
}
