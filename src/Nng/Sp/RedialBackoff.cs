using System;

namespace Nng.Sp;

/// <summary>
/// Delays between redials: uniformly random below a bound that may double up to a ceiling (core sheet 5.4, W-24).
/// </summary>
internal struct RedialBackoff
{
    private int _minMs;
    private int _boundMs;

    public RedialBackoff(int minMs, int maxMs)
    {
        _minMs = minMs;
        _boundMs = minMs;
        MaxMs = maxMs;
    }

    /// <summary>First bound; setting it starts over. -1 = never redial.</summary>
    public int MinMs
    {
        readonly get => _minMs;
        set
        {
            _minMs = value;
            _boundMs = value;
        }
    }

    /// <summary>Ceiling of the bound; 0 = the bound never grows.</summary>
    public int MaxMs { get; set; }

    /// <summary>A pipe was accepted: start over.</summary>
    public void Reset() => _boundMs = _minMs;

    /// <summary>The next delay in milliseconds, or -1 for never; moves the bound.</summary>
    /// <param name="random">32 random bits.</param>
    public int Next(uint random)
    {
        if (_minMs < 0)
            return -1;
        int bound = Math.Max(1, _boundMs);
        if (MaxMs > 0)
            _boundMs = (int)Math.Min((long)bound * 2, Math.Max(_minMs, MaxMs));
        return (int)(random % (uint)bound);
    }
}
