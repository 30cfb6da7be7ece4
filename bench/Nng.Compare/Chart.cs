using System.Globalization;
using System.Linq;
using System.Security;
using System.Text;

namespace Nng.Compare;

/// <summary>A bar for each row, as SVG.</summary>
internal static class Chart
{
    private const int Width = 720;
    private const int Left = 190;
    private const int RowHeight = 28;
    private const int Top = 36;
    private const int Room = 110;

    public static string Draw(Scenario scenario, Measurement measurement)
    {
        int height = Top + (measurement.Rows.Count * RowHeight) + 8;
        double most = measurement.Rows.Max(row => row.Median);
        string better = scenario.IsLatency ? "shorter is better" : "longer is better";
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{Width}" height="{height}" viewBox="0 0 {Width} {height}" font-family="sans-serif" font-size="13">
              <rect width="{Width}" height="{height}" fill="#ffffff"/>
              <text x="8" y="20" font-weight="bold">{Text(scenario.Title)}</text>
              <text x="{Width - 8}" y="20" text-anchor="end" fill="#666666">{scenario.Unit}, median; {better}</text>

            """);
        for (int i = 0; i < measurement.Rows.Count; i++)
        {
            Measurement.Row row = measurement.Rows[i];
            int y = Top + (i * RowHeight);
            double length = (Width - Left - Room) * row.Median / most;
            string color = row.IsOurs ? "#2b6cb0" : "#a0aec0";
            text.Append(
                CultureInfo.InvariantCulture,
                $"""
                  <text x="{Left - 8}" y="{y + 17}" text-anchor="end">{Text(row.Name)}</text>
                  <rect x="{Left}" y="{y + 4}" width="{length:F1}" height="{RowHeight - 8}" fill="{color}"/>
                  <text x="{Left + length + 6:F1}" y="{y + 17}">{Report.Number(row.Median)}</text>

                """);
        }

        return text.Append("</svg>\n").ToString();
    }

    private static string Text(string text) => SecurityElement.Escape(text);
}
