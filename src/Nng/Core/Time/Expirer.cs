using System;
using System.Threading;

namespace Nng.Core;

/// <summary>All deadlines of the process in one ordered queue, served by one thread.</summary>
/// <remarks>
/// Threading: every call is safe from any thread; the lock is a leaf and may be taken under any other. Expiry is
/// strict (never early): a deadline fires when the clock has passed it.
/// </remarks>
internal sealed class Expirer
{
    private readonly Clock _clock;
    private readonly object _gate = new();

    /// <summary>Binary min-heap by due time; each entry knows its index.</summary>
    private Deadline[] _heap = new Deadline[64];

    private int _count;
    private bool _started;

    /// <summary>
    /// When the sleeping thread looks at the heap by itself; nothing due later need wake it. It is awake at
    /// <see cref="long.MinValue"/> and looks before it sleeps.
    /// </summary>
    private long _wakeMs = long.MinValue;

    public Expirer(Clock clock)
    {
        _clock = clock;
    }

    /// <summary>The process's expirer on the machine's clock.</summary>
    public static Expirer Default { get; } = new(Clock.System);

    public Clock Clock => _clock;

    /// <summary>Arms or re-arms a deadline at an absolute clock time.</summary>
    /// <param name="deadline">The deadline.</param>
    /// <param name="dueMs">It expires when the clock has passed this.</param>
    /// <param name="tag">What it is armed for; see <see cref="Deadline.FiredTag"/>.</param>
    public void Arm(Deadline deadline, long dueMs, long tag = 0)
    {
        lock (_gate)
        {
            if (deadline.HeapIndex >= 0)
                RemoveAt(deadline.HeapIndex);
            deadline.DueMs = dueMs;
            deadline.Tag = tag;
            Insert(deadline);
            if (!_started)
                Start();
            else if (dueMs < _wakeMs)
                Wake();
        }
    }

    /// <summary>
    /// Disarms; true when it was armed. False means that it never was, or that its expiry has begun.
    /// </summary>
    public bool Disarm(Deadline deadline)
    {
        lock (_gate)
        {
            if (deadline.HeapIndex < 0)
                return false;
            RemoveAt(deadline.HeapIndex);
            return true;
        }
    }

    /// <summary>Looks at the clock again; for clocks that jump.</summary>
    public void Poke()
    {
        lock (_gate)
            Wake();
    }

    private void Wake()
    {
        _wakeMs = long.MinValue;
        Monitor.Pulse(_gate);
    }

    private void Start()
    {
        _started = true;
        new Thread(Run, 256 * 1024) { IsBackground = true, Name = "nng:expire" }.UnsafeStart();
    }

    private void Run()
    {
        while (true)
            Next().OnExpired();
    }

    /// <summary>Blocks until a deadline has passed and takes it out of the heap.</summary>
    private Deadline Next()
    {
        lock (_gate)
        {
            while (true)
            {
                long waitMs = Timeout.Infinite;
                _wakeMs = long.MaxValue;
                if (_count > 0)
                {
                    Deadline first = _heap[0];
                    // Strict: not before the clock has passed the time. Huge times must not overflow.
                    waitMs = Math.Min(first.DueMs - _clock.NowMs, int.MaxValue - 1) + 1;
                    if (waitMs <= 0)
                    {
                        _wakeMs = long.MinValue;
                        first.FiredTag = first.Tag;
                        RemoveAt(0);
                        return first;
                    }

                    _wakeMs = first.DueMs;
                }

                Monitor.Wait(_gate, (int)waitMs);
            }
        }
    }

    private void Insert(Deadline deadline)
    {
        if (_count == _heap.Length)
            Array.Resize(ref _heap, _count * 2);
        Place(deadline, _count++);
        SiftUp(deadline.HeapIndex);
    }

    private void RemoveAt(int index)
    {
        _heap[index].HeapIndex = -1;
        Deadline last = _heap[--_count];
        _heap[_count] = null!;
        if (index == _count)
            return;
        Place(last, index);
        SiftUp(index);
        SiftDown(last.HeapIndex);
    }

    private void SiftUp(int index)
    {
        Deadline moving = _heap[index];
        while (index > 0)
        {
            int parent = (index - 1) / 2;
            if (_heap[parent].DueMs <= moving.DueMs)
                break;
            Place(_heap[parent], index);
            index = parent;
        }

        Place(moving, index);
    }

    private void SiftDown(int index)
    {
        Deadline moving = _heap[index];
        while (true)
        {
            int child = (index * 2) + 1;
            if (child >= _count)
                break;
            if (child + 1 < _count && _heap[child + 1].DueMs < _heap[child].DueMs)
                child++;
            if (_heap[child].DueMs >= moving.DueMs)
                break;
            Place(_heap[child], index);
            index = child;
        }

        Place(moving, index);
    }

    private void Place(Deadline deadline, int index)
    {
        _heap[index] = deadline;
        deadline.HeapIndex = index;
    }
}
