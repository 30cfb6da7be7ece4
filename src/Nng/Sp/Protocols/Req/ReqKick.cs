namespace Nng.Sp.Protocols;

/// <summary>Pipes that were given requests under the lock and are to be kicked after it. Nearly always one.</summary>
internal struct ReqKick
{
    private ProtocolPipe? _first;
    private System.Collections.Generic.List<ProtocolPipe>? _more;

    public void Add(ProtocolPipe pipe)
    {
        if (_first is null || ReferenceEquals(_first, pipe))
            _first = pipe;
        else
            (_more ??= []).Add(pipe);
    }

    public readonly void Run()
    {
        _first?.Pipe.Kick();
        if (_more is null)
            return;
        foreach (ProtocolPipe pipe in _more)
            pipe.Pipe.Kick();
    }
}
