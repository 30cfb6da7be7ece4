using System.IO.Pipelines;
using System.Threading;

namespace Nng.Streams;

/// <summary>A connection as a pair of pipes; it closes when both are completed.</summary>
internal sealed class PipeAdapter : IDuplexPipe
{
    private readonly NngStream _stream;

    /// <summary>Pipes that are not completed.</summary>
    private int _open = 2;

    public PipeAdapter(NngStream stream)
    {
        _stream = stream;
        Input = PipeReader.Create(new StreamAdapter(stream, Complete));
        Output = PipeWriter.Create(new StreamAdapter(stream, Complete));
    }

    public PipeReader Input { get; }

    public PipeWriter Output { get; }

    private void Complete()
    {
        if (Interlocked.Decrement(ref _open) == 0)
            _stream.Close();
    }
}
