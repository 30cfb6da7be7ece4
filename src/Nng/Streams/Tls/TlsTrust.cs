using System;
using System.Collections.Generic;
using System.Security.Cryptography.X509Certificates;

namespace Nng.Streams;

/// <summary>Whom a configuration trusts: its authorities and their revocation lists, and nobody else (L-15).</summary>
/// <remarks>Threading: immutable.</remarks>
internal sealed class TlsTrust
{
    /// <summary>The only findings that an authority which is not a self-signed root brings with it (L-16).</summary>
    private const X509ChainStatusFlags RootFlags =
        X509ChainStatusFlags.PartialChain | X509ChainStatusFlags.UntrustedRoot;

    private readonly X509Certificate2[] _authorities;
    private readonly TlsRevocationList[] _revocations;

    public TlsTrust(IReadOnlyCollection<X509Certificate2> authorities, IReadOnlyCollection<TlsRevocationList> revocations)
    {
        _authorities = [.. authorities];
        _revocations = [.. revocations];
    }

    /// <summary>How the platform is to build chains; a new object each time, as it is not safe to share.</summary>
    public X509ChainPolicy NewPolicy()
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(_authorities);
        return policy;
    }

    /// <summary>Nothing is found against a chain that was built by <see cref="NewPolicy"/>.</summary>
    public bool Accepts(X509Chain chain)
    {
        X509ChainStatusFlags found = X509ChainStatusFlags.NoError;
        foreach (X509ChainStatus status in chain.ChainStatus)
            found |= status.Status;
        if ((found & ~RootFlags) != 0)
            return false;
        int anchor = IndexOfAnchor(chain.ChainElements);
        return anchor >= 0 && !IsRevoked(chain.ChainElements, anchor);
    }

    /// <summary>The first element that is an authority, byte for byte; -1 for none.</summary>
    private int IndexOfAnchor(X509ChainElementCollection elements)
    {
        for (int i = 0; i < elements.Count; i++)
        {
            ReadOnlySpan<byte> element = elements[i].Certificate.RawDataMemory.Span;
            foreach (X509Certificate2 authority in _authorities)
            {
                if (authority.RawDataMemory.Span.SequenceEqual(element))
                    return i;
            }
        }

        return -1;
    }

    /// <summary>One of the certificates below the anchor is on its issuer's list, or the list cannot be relied on.</summary>
    private bool IsRevoked(X509ChainElementCollection elements, int anchor)
    {
        if (_revocations.Length == 0)
            return false;
        DateTimeOffset now = DateTimeOffset.UtcNow;
        for (int i = 0; i < anchor; i++)
        {
            X509Certificate2 certificate = elements[i].Certificate;
            foreach (TlsRevocationList list in _revocations)
            {
                if (list.IsOf(certificate) && !list.Clears(certificate, elements[i + 1].Certificate, now))
                    return true;
            }
        }

        return false;
    }
}
