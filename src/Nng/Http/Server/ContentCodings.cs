using System;
using System.Globalization;

namespace Nng.Http;

/// <summary>What an Accept-Encoding header says of a content coding (RFC 9110 section 12.5.3).</summary>
internal static class ContentCodings
{
    /// <summary>The weight of a coding in thousandths; 0 when it is not accepted, as without the header.</summary>
    /// <param name="value">Null for none.</param>
    /// <param name="coding">Lower case.</param>
    public static int Weight(string? value, string coding)
    {
        int any = 0;
        foreach (Range part in value.AsSpan().Split(','))
        {
            ReadOnlySpan<char> element = value.AsSpan(part).Trim(" \t");
            int semicolon = element.IndexOf(';');
            ReadOnlySpan<char> name = (semicolon < 0 ? element : element[..semicolon]).Trim(" \t");
            int weight = semicolon < 0 ? 1000 : WeightOf(element[(semicolon + 1)..].Trim(" \t"));
            if (name.Equals(coding, StringComparison.OrdinalIgnoreCase))
                return weight;
            if (name is "*")
                any = weight;
        }

        return any;
    }

    private static int WeightOf(ReadOnlySpan<char> parameter)
    {
        if (!parameter.StartsWith("q=", StringComparison.OrdinalIgnoreCase))
            return 1000;
        return decimal.TryParse(
            parameter[2..].Trim(" \t"), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal weight)
            && weight <= 1 ? (int)(weight * 1000) : 0;
    }
}
