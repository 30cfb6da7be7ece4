using System;
using System.Globalization;

namespace Nng.Http;

/// <summary>One line of an access log.</summary>
/// <param name="Time">When the response was complete.</param>
/// <param name="RemoteAddress">The peer.</param>
/// <param name="Method">As sent; empty when the request was refused before.</param>
/// <param name="Target">As sent; empty when the request was refused before.</param>
/// <param name="Version">The request's version.</param>
/// <param name="Status">Of the response.</param>
/// <param name="BodyLength">Bytes of the response's body.</param>
/// <param name="Elapsed">From the end of the request's head to the end of the response.</param>
public readonly record struct HttpAccessRecord(
    DateTimeOffset Time,
    NngAddress RemoteAddress,
    string Method,
    string Target,
    string Version,
    int Status,
    long BodyLength,
    TimeSpan Elapsed)
{
    /// <summary>The common log format, with the elapsed milliseconds behind it.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{RemoteAddress} - - [{Time:dd/MMM/yyyy:HH:mm:ss zzz}] \"{Method} {Target} {Version}\" {Status} {BodyLength} {Elapsed.TotalMilliseconds:F1}");
}
