using System.Threading;
using Nng.Core;

namespace Nng.Tests;

/// <summary>A clock that stands still until a test moves it, and the deadlines that go by it.</summary>
internal sealed class FakeClock : Clock
{
    private long _nowMs = 1;

    public FakeClock()
    {
        Expirer = new Expirer(this);
    }

    public Expirer Expirer { get; }

    public override long NowMs => Volatile.Read(ref _nowMs);

    /// <summary>Lets time pass; what falls due fires soon, on the expirer's thread.</summary>
    public void Advance(long milliseconds)
    {
        Interlocked.Add(ref _nowMs, milliseconds);
        Expirer.Poke();
    }
}
