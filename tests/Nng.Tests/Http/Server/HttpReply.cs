using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace Nng.Tests.Http.Server;

/// <summary>A response as its bytes said.</summary>
internal sealed class HttpReply
{
    public HttpReply(string head)
    {
        string[] lines = head.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        StatusLine = lines[0];
        Status = int.Parse(lines[0].AsSpan(9, 3), NumberStyles.None, CultureInfo.InvariantCulture);
        foreach (string line in lines[1..])
        {
            int colon = line.IndexOf(':');
            Headers.Add(new(line[..colon], line[(colon + 1)..].Trim()));
        }
    }

    public string StatusLine { get; }

    public int Status { get; }

    public List<KeyValuePair<string, string>> Headers { get; } = [];

    public byte[] Body { get; set; } = [];

    public string Text => Encoding.UTF8.GetString(Body);

    public string? this[string name]
    {
        get
        {
            foreach (KeyValuePair<string, string> header in Headers)
            {
                if (string.Equals(header.Key, name, StringComparison.OrdinalIgnoreCase))
                    return header.Value;
            }

            return null;
        }
    }
}
