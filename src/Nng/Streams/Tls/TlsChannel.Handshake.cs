using System;
using System.Net.Security;
using System.Threading;
using System.Threading.Tasks;
using Nng.Core;

namespace Nng.Streams;

/// <content>The handshake.</content>
internal sealed partial class TlsChannel
{
    private readonly TlsHandshake _handshake;

    /// <summary>
    /// One handshake, on the thread pool: its arithmetic holds up no loop, and a silent peer only its own deadline.
    /// </summary>
    private sealed class TlsHandshake(TlsChannel channel, TlsSetup setup) : Deadline, IThreadPoolWorkItem
    {
        private readonly TlsVerdict _verdict = new(setup);

        /// <summary>1 once the deadline has passed.</summary>
        private int _expired;

        public TlsPeer? Peer { get; private set; }

        /// <summary>Completed with the outcome.</summary>
        public TaskCompletionSource<NngError> Done { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Start()
        {
            Expirer.Default.Arm(this, Expirer.Default.Clock.NowMs + HandshakeMs);
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }

        public void Execute() => _ = RunAsync();

        public override void OnExpired()
        {
            Volatile.Write(ref _expired, 1);
            if (channel._phase == Phase.Handshake)
                channel._inner.Close();
        }

        private async Task RunAsync()
        {
            NngError error;
            try
            {
                await AuthenticateAsync().ConfigureAwait(false);
                SslStream session = channel._session;
                Peer = new TlsPeer(
                    _verdict.Certificate,
                    _verdict.IsVerified,
                    TlsSetup.VersionOf(session.SslProtocol),
                    session.NegotiatedCipherSuite.ToString());
                error = NngError.None;
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                error = ErrorOf(failure);
            }

            Expirer.Default.Disarm(this);
            if (error != NngError.None)
            {
                channel._wire.Drain();
                channel._inner.Close();
            }

            channel.OnHandshakeDone(error);
            Done.SetResult(error);
        }

        private Task AuthenticateAsync()
        {
            if (setup.Mode == TlsMode.Client)
                return channel._session.AuthenticateAsClientAsync(setup.ClientOptions(_verdict));
            return channel._session.AuthenticateAsServerAsync(
                (_, hello, _, _) => ValueTask.FromResult(setup.ServerOptions(_verdict, hello.ServerName)), null);
        }

        /// <summary>Who ended it comes first, then what we found, then what the connection or the session says.</summary>
        private NngError ErrorOf(Exception failure)
        {
            if (channel.IsClosed)
                return NngError.Closed;
            if (Volatile.Read(ref _expired) != 0)
                return NngError.TimedOut;
            if (_verdict.IsRejected)
                return NngError.PeerAuthentication;
            if (channel._wire.Error != NngError.None)
                return channel._wire.Error;
            return TlsErrors.OfHandshake(failure, channel._wire.IsOver);
        }
    }
}
