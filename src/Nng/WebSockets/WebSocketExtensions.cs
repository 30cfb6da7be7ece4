using System;

namespace Nng.WebSockets;

/// <summary>The negotiation of permessage-deflate, the only extension (RFC 7692, 7.1).</summary>
/// <remarks>Wire code: no I/O, no state.</remarks>
internal static class WebSocketExtensions
{
    /// <summary>What a client offers: our windows are of the full size, so their size is not offered.</summary>
    public const string Offer = Name;

    private const string Name = "permessage-deflate";
    private const string ServerNoTakeover = "server_no_context_takeover";
    private const string ClientNoTakeover = "client_no_context_takeover";
    private const string ServerBits = "server_max_window_bits";
    private const string ClientBits = "client_max_window_bits";
    private const int MinBits = 8;

    /// <summary>The window that <see cref="System.IO.Compression.DeflateStream"/> compresses with.</summary>
    private const int MaxBits = 15;

    /// <summary>Server: chooses the first offer that can be served; no answer when there is none.</summary>
    /// <param name="offers">The value of Sec-WebSocket-Extensions; null for none.</param>
    /// <param name="answer">What is agreed on, for the response.</param>
    public static WebSocketDeflateTerms? Choose(string? offers, out string? answer)
    {
        answer = null;
        foreach (Range range in offers.AsSpan().Split(','))
        {
            if (TryParse(offers.AsSpan()[range], out Parameters found)
                && found.ServerBits is 0 or MaxBits && !found.ServerBitsOpen)
            {
                answer = Name;
                if (!found.ServerTakeover)
                    answer += "; " + ServerNoTakeover;
                if (!found.ClientTakeover)
                    answer += "; " + ClientNoTakeover;
                return new WebSocketDeflateTerms(found.ClientTakeover, found.ServerTakeover);
            }
        }

        return null;
    }

    /// <summary>Client: reads what the server has chosen; false when it was not offered.</summary>
    /// <param name="answer">The value of Sec-WebSocket-Extensions; null for none.</param>
    /// <param name="offered">Something was offered.</param>
    /// <param name="terms">Null: no compression.</param>
    public static bool TryAccept(string? answer, bool offered, out WebSocketDeflateTerms? terms)
    {
        terms = null;
        if (string.IsNullOrWhiteSpace(answer))
            return true;
        if (!offered || answer.Contains(',', StringComparison.Ordinal) || !TryParse(answer, out Parameters found)
            || found.ClientBits != 0 || found.ClientBitsOpen || found.ServerBitsOpen)
            return false;
        terms = new WebSocketDeflateTerms(found.ClientTakeover, found.ServerTakeover);
        return true;
    }

    private static bool TryParse(ReadOnlySpan<char> extension, out Parameters found)
    {
        found = new Parameters();
        bool isFirst = true;
        foreach (Range range in extension.Split(';'))
        {
            ReadOnlySpan<char> part = extension[range].Trim();
            if (isFirst)
            {
                if (!part.Equals(Name, StringComparison.OrdinalIgnoreCase))
                    return false;
                isFirst = false;
            }
            else if (!found.TryTake(part))
            {
                return false;
            }
        }

        return !isFirst;
    }

    /// <summary>The parameters of an offer or an answer, each at most once.</summary>
    private struct Parameters
    {
        public Parameters()
        {
        }

        public bool ServerTakeover { get; private set; } = true;

        public bool ClientTakeover { get; private set; } = true;

        /// <summary>0 for none.</summary>
        public int ServerBits { get; private set; }

        public int ClientBits { get; private set; }

        /// <summary>The parameter stands there without a value.</summary>
        public bool ServerBitsOpen { get; private set; }

        public bool ClientBitsOpen { get; private set; }

        public bool TryTake(ReadOnlySpan<char> part)
        {
            int equals = part.IndexOf('=');
            ReadOnlySpan<char> name = equals < 0 ? part : part[..equals].TrimEnd();
            int bits = 0;
            if (equals >= 0 && !TryParseBits(part[(equals + 1)..], out bits))
                return false;
            switch (name)
            {
                case ServerNoTakeover when equals < 0 && ServerTakeover:
                    ServerTakeover = false;
                    return true;
                case ClientNoTakeover when equals < 0 && ClientTakeover:
                    ClientTakeover = false;
                    return true;
                case WebSocketExtensions.ServerBits when ServerBits == 0 && !ServerBitsOpen:
                    ServerBits = bits;
                    ServerBitsOpen = equals < 0;
                    return true;
                case WebSocketExtensions.ClientBits when ClientBits == 0 && !ClientBitsOpen:
                    ClientBits = bits;
                    ClientBitsOpen = equals < 0;
                    return true;
                default:
                    return false;
            }
        }

        private static bool TryParseBits(ReadOnlySpan<char> text, out int bits)
        {
            text = text.Trim().Trim('"');
            return int.TryParse(text, System.Globalization.NumberStyles.None, null, out bits)
                && bits is >= MinBits and <= MaxBits && text[0] != '0';
        }
    }
}
