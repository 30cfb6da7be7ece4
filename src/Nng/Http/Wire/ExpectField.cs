using System;

namespace Nng.Http;

/// <summary>Reads the Expect header.</summary>
internal static class ExpectField
{
    /// <summary>The interim response that lets a body come.</summary>
    public static ReadOnlySpan<byte> ContinueResponse => "HTTP/1.1 100 Continue\r\n\r\n"u8;

    /// <summary>What the request expects. An HTTP/1.0 request's expectation is ignored, as is one without a body.</summary>
    public static Expectation Of(HeaderTable headers, int minorVersion, BodyFraming framing)
    {
        int line = headers.Find(HeaderId.Expect);
        if (line < 0 || minorVersion == 0)
            return Expectation.None;
        bool asks = false;
        for (; line >= 0; line = headers.Find(HeaderId.Expect, line + 1))
        {
            var list = new HeaderList(headers.ValueBytes(line));
            while (list.MoveNext())
            {
                if (!list.Is("100-continue"u8))
                    return Expectation.Unknown;
                asks = true;
            }
        }

        return asks && framing.Kind != BodyKind.None ? Expectation.Continue : Expectation.None;
    }
}
