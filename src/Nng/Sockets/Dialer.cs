using System;
using System.Threading;
using System.Threading.Tasks;
using Nng.Core;
using Nng.Sockets;
using Nng.Sp;

namespace Nng;

/// <summary>Connects a socket to one address and keeps it connected. C type: <c>nng_dialer</c>.</summary>
/// <remarks>Threading: every member is safe from any thread.</remarks>
public sealed class Dialer : IDisposable
{
    internal Dialer(NngSocket socket, SpDialer inner)
    {
        Socket = socket;
        Inner = inner;
    }

    /// <summary>The socket it connects.</summary>
    public NngSocket Socket { get; }

    /// <summary>The dialer's id, unique among dialers. C function: <c>nng_dialer_id</c>.</summary>
    public int Id => Inner.Id;

    /// <summary>The address, as given.</summary>
    public string Url => Inner.Url.Raw;

    internal SpDialer Inner { get; }

    /// <summary>
    /// Starts and waits for the first attempt; after a failure the dialer is idle and may be started again.
    /// C function: <c>nng_dialer_start</c>.
    /// </summary>
    /// <exception cref="NngException">Why the attempt failed, or <see cref="NngError.IncorrectState"/>: started.</exception>
    public void Start()
    {
        NngError error = TryStart();
        if (error != NngError.None)
            Throw.Error(error, Describe(error));
    }

    /// <summary>Starts like <see cref="Start"/>.</summary>
    /// <param name="cancellationToken">Aborts the attempt.</param>
    /// <exception cref="NngException">Why the attempt failed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        var owner = new StartOwner(this);
        Aio aio = Aio.RentAwaited(owner, Aio.Infinite, cancellationToken);
        ValueTask task = aio.PrepareTask();
        Inner.Start(aio);
        aio.RegisterToken();
        await task.ConfigureAwait(false);
    }

    /// <summary>
    /// Starts in the background: attempts repeat until the dialer is closed, whether or not a peer is there yet.
    /// C: <c>nng_dialer_start</c> with <c>NNG_FLAG_NONBLOCK</c>.
    /// </summary>
    /// <exception cref="NngException"><see cref="NngError.IncorrectState"/>: started already.</exception>
    public void StartInBackground()
    {
        NngError error = Inner.Start();
        if (error != NngError.None)
            Throw.Error(error, Describe(error));
    }

    /// <summary>Reads an option: the endpoint's, else the socket's. C functions: <c>nng_dialer_get_*</c>.</summary>
    /// <typeparam name="T">bool, int, long (sizes), ulong, TimeSpan, string or NngAddress, as the option has it.</typeparam>
    /// <param name="name">See <see cref="OptionNames"/>.</param>
    /// <exception cref="NngException">Not supported, write-only, or of another type.</exception>
    public T GetOption<T>(string name)
    {
        NngError error = Inner.GetOption(name, out OptionValue value);
        return OptionConversion.From<T>(error, name, value);
    }

    /// <summary>Sets an option for connections made from now on. C functions: <c>nng_dialer_set_*</c>.</summary>
    /// <typeparam name="T">bool, int, long (sizes), ulong, TimeSpan, string or NngAddress, as the option has it.</typeparam>
    /// <param name="name">See <see cref="OptionNames"/>.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="NngException">Not supported, read-only, busy, of another type, or out of range.</exception>
    public void SetOption<T>(string name, T value) =>
        OptionConversion.Check(Inner.SetOption(name, OptionConversion.To(name, value)), name, value);

    /// <summary>Closes the dialer and its pipe. C function: <c>nng_dialer_close</c>.</summary>
    public void Dispose() => Inner.Close();

    internal void StartOrClose()
    {
        NngError error = TryStart();
        if (error == NngError.None)
            return;
        Inner.Close();
        Throw.Error(error, Describe(error));
    }

    private NngError TryStart()
    {
        Aio aio = Aio.RentWaited(Aio.Infinite);
        Inner.Start(aio);
        aio.Wait(driver: null);
        NngError error = aio.Result;
        Aio.ReturnWaited(aio);
        return error;
    }

    private string Describe(NngError error) => MessageFailure.OfEndpoint("dial", Url, error, Socket.Inner);

    /// <summary>Words the failures of <see cref="StartAsync"/>.</summary>
    private sealed class StartOwner(Dialer dialer) : IAioOwner
    {
        [System.Diagnostics.CodeAnalysis.DoesNotReturn]
        public void ThrowFailure(NngError error, CancellationToken token)
        {
            token.ThrowIfCancellationRequested();
            Throw.Error(error, dialer.Describe(error));
        }
    }
}
