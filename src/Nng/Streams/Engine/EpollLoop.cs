using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Threading;
using Nng.Core;

namespace Nng.Streams;

/// <summary>
/// One epoll descriptor and the thread that serves it; a thread that waits in a synchronous call can take its place.
/// </summary>
/// <remarks>
/// <para>
/// Threading: at any time one thread, the leader, collects and dispatches events: the loop's own thread, or a driver.
/// A driver asks the loop thread aside once; after that the loop thread stays parked and takes over again when no
/// driver has come back within <see cref="GraceMs"/>. <see cref="_lock"/> guards the table and the posted flushes.
/// </para>
/// <para>
/// Interrupts: a driver is a thread of the user's, who may interrupt it. That must not end what it does for all others,
/// so it leads behind its <see cref="InterruptShield"/>, and not for longer than <see cref="MaxDriveMs"/>: then it waits
/// where an interrupt reaches it.
/// </para>
/// <para>
/// Polling: a leader polls for <see cref="PollUs"/> after its last event before it sleeps, if polling has lately
/// paid off; an idle loop sleeps in the kernel.
/// </para>
/// </remarks>
internal sealed unsafe class EpollLoop : WaitDriver
{
    private const int MaxEvents = 128;

    /// <summary>About the cost of waking an idle core on a virtual machine; see docs/decisions.</summary>
    private const int PollUs = 50;

    /// <summary>How long a parked loop thread leaves the loop to a driver that went away.</summary>
    private const int GraceMs = 1;

    /// <summary>How long one wait drives; whoever waits longer can do with the cost of a wake-up.</summary>
    private const int MaxDriveMs = 200;

    /// <summary>
    /// A lingering thread polls for this many times <see cref="PollUs"/>: the peer may have to wake a loop and then a
    /// pool thread before it answers, until it lingers as well.
    /// </summary>
    private const int LingerPolls = 3;

    /// <summary>What comes prolongs the poll, but the pool wants its thread back some time.</summary>
    private const int MaxLingerPolls = 20;

    private const ulong WakeData = ulong.MaxValue;

    private readonly Lock _lock = new();
    private readonly int _epoll;
    private readonly int _wake;
    private readonly byte* _events;

    /// <summary>Registered targets by slot, and the generation of each slot, so that late events miss.</summary>
    private IEpollTarget?[] _targets = new IEpollTarget?[64];
    private uint[] _generations = new uint[64];
    private readonly Stack<int> _freeSlots = new();
    private int _slotCount;

    /// <summary>Targets that asked for a flush.</summary>
    private List<IEpollTarget> _flushes = [];
    private List<IEpollTarget> _flushing = [];
    private volatile bool _hasFlushes;

    /// <summary>1 while some thread leads; at first the loop thread, before it even runs.</summary>
    private int _led = 1;

    /// <summary>1 while a thread is in <see cref="TryDrive"/>.</summary>
    private int _driving;

    /// <summary>The leader sleeps in the kernel and needs a wake-up.</summary>
    private volatile bool _asleep;

    /// <summary>A driver wants the loop thread aside.</summary>
    private volatile bool _yield;

    /// <summary>Counts drives; tells the parked loop thread that drivers still come.</summary>
    private int _drives;

    /// <summary>The loop thread sleeps until a driver leaves.</summary>
    private int _parked;

    /// <summary>The loop thread is to take over without waiting for further drivers.</summary>
    private volatile bool _takeOver;

    /// <summary>Whether pool threads linger; belongs to the leader, read by others.</summary>
    private readonly LingerPolicy _linger = new();

    private readonly AutoResetEvent _unpark = new(false);
    private readonly SemaphoreSlim _yielded = new(0);

    private readonly PollPolicy _poll = new();

    public EpollLoop()
    {
        _epoll = LinuxNative.EpollCreate(LinuxNative.EpollCloExec);
        _wake = LinuxNative.EventFd(0, LinuxNative.EpollCloExec | LinuxNative.SockNonBlock);
        if (_epoll < 0 || _wake < 0)
        {
            int errno = Marshal.GetLastPInvokeError();
            if (_epoll >= 0)
                _ = LinuxNative.Close(_epoll);
            Throw.Error(NngErrorMap.FromErrno(errno), "Cannot create an epoll loop.");
        }

        _events = (byte*)NativeMemory.Alloc((nuint)(MaxEvents * EpollEvents.Stride));
        Control(_wake, LinuxNative.EpollIn | LinuxNative.EpollEdge, WakeData);
        new Thread(Run, 512 * 1024) { IsBackground = true, Name = "nng:loop" }.UnsafeStart();
    }

    /// <summary>Registers a descriptor, edge-triggered, for its whole life; returns its slot.</summary>
    public NngError Register(IEpollTarget target, int descriptor, out int slot)
    {
        ulong data;
        lock (_lock)
        {
            slot = _freeSlots.Count > 0 ? _freeSlots.Pop() : _slotCount++;
            if (slot == _targets.Length)
            {
                Array.Resize(ref _targets, slot * 2);
                Array.Resize(ref _generations, slot * 2);
            }

            _targets[slot] = target;
            data = ((ulong)_generations[slot] << 32) | (uint)slot;
        }

        const uint events = LinuxNative.EpollIn | LinuxNative.EpollOut | LinuxNative.EpollRdHup | LinuxNative.EpollEdge;
        if (Control(descriptor, events, data))
            return NngError.None;
        int errno = Marshal.GetLastPInvokeError();
        Unregister(slot);
        return NngErrorMap.FromErrno(errno);
    }

    /// <summary>Forgets a target; the descriptor leaves the epoll set when it is closed.</summary>
    public void Unregister(int slot)
    {
        lock (_lock)
        {
            _targets[slot] = null;
            _generations[slot]++;
            _freeSlots.Push(slot);
        }
    }

    /// <summary>Runs the target's flush on the loop soon.</summary>
    public void RequestFlush(IEpollTarget target)
    {
        lock (_lock)
        {
            _flushes.Add(target);
            _hasFlushes = true;
        }

        if (Leading != this)
            Wake();
    }

    public override void Interrupt()
    {
        if (Leading != this)
            Wake();
    }

    public override bool TryDrive(IWaitTarget target, long deadlineMs)
    {
        if (Leading is not null || Interlocked.CompareExchange(ref _driving, 1, 0) != 0)
            return false;
        InterruptShield shield = TakeLead();
        bool driven = false;
        try
        {
            driven = Lead(target, deadlineMs, shield);
        }
        finally
        {
            if (!driven)
                _takeOver = true;
            LeaveLead(shield);
        }

        return driven;
    }

    public override bool TryLinger(IWaitTarget target)
    {
        if (!_linger.IsWorthTrying(Stopwatch.GetTimestamp()) || Leading is not null
            || Interlocked.CompareExchange(ref _driving, 1, 0) != 0)
        {
            return false;
        }

        InterruptShield shield = TakeLead();
        try
        {
            LeadBriefly(target);
        }
        finally
        {
            _linger.Learn(target.IsDone);
            // Whoever lingered in vain does not come back soon: the loop thread takes over at once.
            if (!target.IsDone)
                _takeOver = true;
            LeaveLead(shield);
        }

        return target.IsDone;
    }

    public override void HandBack()
    {
        if (Volatile.Read(ref _led) != 0)
            return;
        _takeOver = true;
        _unpark.Set();
    }

    /// <summary>Serves the loop for some times the cost of a wake-up, or until the target is done.</summary>
    private void LeadBriefly(IWaitTarget target)
    {
        long start = Stopwatch.GetTimestamp();
        long end = start + (PollTicks * LingerPolls);
        long now = start;
        while (!target.IsDone && now < end)
        {
            bool worked = Step();
            now = Stopwatch.GetTimestamp();
            // What came may be a part of what is hoped for.
            if (worked)
                end = Math.Max(end, Math.Min(now + PollTicks, start + (PollTicks * MaxLingerPolls)));
        }
    }

    private void LeaveLead(InterruptShield shield)
    {
        Leading = null;
        Volatile.Write(ref _drives, _drives + 1);
        Volatile.Write(ref _led, 0);
        Volatile.Write(ref _driving, 0);
        if (Interlocked.Exchange(ref _parked, 0) != 0 || _takeOver)
            _unpark.Set();
        shield.Lower();
    }

    /// <summary>Becomes the leader, behind the shield; the loop thread steps aside.</summary>
    private InterruptShield TakeLead()
    {
        InterruptShield shield = InterruptShield.Own;
        if (Interlocked.CompareExchange(ref _led, 1, 0) != 0)
        {
            _yield = true;
            Wake();
            shield.Wait(_yielded);
        }

        Leading = this;
        shield.Raise();
        return shield;
    }

    /// <summary>
    /// Serves the loop until the target is done or the deadline has passed. False: the thread was interrupted, or has
    /// driven long enough.
    /// </summary>
    private bool Lead(IWaitTarget target, long deadlineMs, InterruptShield shield)
    {
        long now = Stopwatch.GetTimestamp();
        long pollEnd = now + PollTicks;
        long driveEnd = now + MaxDriveTicks;
        while (!target.IsDone)
        {
            bool worked = Step();
            now = Stopwatch.GetTimestamp();
            if (shield.IsHit || now >= driveEnd)
                return target.IsDone || deadlineMs < Clock.System.NowMs;
            if (worked)
            {
                pollEnd = now + PollTicks;
                continue;
            }

            if (now < pollEnd)
                continue;
            long nowMs = deadlineMs == long.MaxValue ? 0 : Clock.System.NowMs;
            if (nowMs > deadlineMs)
                return true;
            Sleep((int)Math.Min(deadlineMs - nowMs, MaxDriveMs) + 1, target);
        }

        return true;
    }

    private static long MaxDriveTicks { get; } = Stopwatch.Frequency * MaxDriveMs / 1000;

    private static long PollTicks { get; } = Stopwatch.Frequency * PollUs / 1_000_000;

    private void Run()
    {
        while (true)
        {
            Leading = this;
            Serve();
            Leading = null;
            Park();
        }
    }

    /// <summary>Serves the loop until a driver wants it.</summary>
    private void Serve()
    {
        long pollEnd = 0;
        bool isPolling = false;
        while (!_yield)
        {
            if (Step())
            {
                if (isPolling)
                    _poll.OnMet();
                isPolling = false;
                pollEnd = Stopwatch.GetTimestamp() + PollTicks;
                continue;
            }

            if (_poll.IsWorthTrying && Stopwatch.GetTimestamp() < pollEnd)
            {
                isPolling = true;
                continue;
            }

            if (isPolling)
                _poll.OnVain();
            isPolling = false;
            long slept = Stopwatch.GetTimestamp();
            Sleep(-1, null);
            long woke = Stopwatch.GetTimestamp();
            // Had it polled on instead of sleeping, would it have met the event?
            _poll.OnSlept(wasShort: woke - slept < PollTicks * 2);
            pollEnd = woke + PollTicks;
        }

        _yield = false;
        // The driver leads from here on; _led stays 1.
        _yielded.Release();
    }

    /// <summary>Waits while drivers serve the loop.</summary>
    private void Park()
    {
        while (true)
        {
            int seen = Volatile.Read(ref _drives);
            if (!_takeOver)
                _unpark.WaitOne(GraceMs);
            if (!_takeOver && seen != Volatile.Read(ref _drives))
                continue;
            _takeOver = false;
            if (Interlocked.CompareExchange(ref _led, 1, 0) == 0)
                return;
            // A driver has led without a break: sleep until it leaves, then give it the grace again.
            Volatile.Write(ref _parked, 1);
            Interlocked.MemoryBarrier();
            if (Volatile.Read(ref _led) == 0 && Interlocked.Exchange(ref _parked, 0) != 0)
                continue;
            _unpark.WaitOne();
        }
    }

    /// <summary>Collects and dispatches events without waiting; true when there was something to do.</summary>
    private bool Step()
    {
        int count = LinuxNative.EpollPoll(_epoll, _events, MaxEvents, 0);
        bool worked = count > 0;
        if (worked)
            Dispatch(count);
        if (_hasFlushes)
        {
            RunFlushes();
            worked = true;
        }

        return worked;
    }

    private void Sleep(int timeoutMs, IWaitTarget? target)
    {
        _asleep = true;
        Interlocked.MemoryBarrier();
        int count = 0;
        if (!_hasFlushes && !_yield && target?.IsDone != true)
            count = LinuxNative.EpollWait(_epoll, _events, MaxEvents, timeoutMs);
        _asleep = false;
        if (count > 0)
            Dispatch(count);
    }

    private void Dispatch(int count)
    {
        for (int i = 0; i < count; i++)
        {
            ulong data = EpollEvents.Data(_events, i);
            if (data == WakeData)
                continue;
            int slot = (int)(uint)data;
            IEpollTarget? target;
            lock (_lock)
                target = _generations[slot] == (uint)(data >> 32) ? _targets[slot] : null;
            target?.OnEvents(EpollEvents.Flags(_events, i));
        }
    }

    private void RunFlushes()
    {
        lock (_lock)
        {
            (_flushes, _flushing) = (_flushing, _flushes);
            _hasFlushes = false;
        }

        foreach (IEpollTarget target in _flushing)
            target.OnFlush();
        _flushing.Clear();
    }

    /// <summary>Makes a sleeping leader look around.</summary>
    private void Wake()
    {
        Interlocked.MemoryBarrier();
        if (!_asleep)
            return;
        ulong one = 1;
        _ = LinuxNative.Write(_wake, &one, sizeof(ulong));
    }

    private bool Control(int descriptor, uint events, ulong data)
    {
        byte* what = stackalloc byte[16];
        EpollEvents.Set(what, events, data);
        return LinuxNative.EpollCtl(_epoll, LinuxNative.EpollCtlAdd, descriptor, what) == 0;
    }
}
