using System.Security.Cryptography;
using System.Text;

namespace Tansiq.Server.Parties.StandingPicture;

/// <summary>How the sheet looks: black on white, readable as a photocopy, laid out by the direction of the language.</summary>
internal static class SheetStyle
{
    /// <summary>The style; the banner of the page's margins is added by <see cref="With"/>.</summary>
    private const string Base = """
        :root{color-scheme:light;font:10.5pt/1.4 "Noto Sans","Noto Sans Arabic","DejaVu Sans",Arial,sans-serif;color:#000;background:#fff}
        html[lang=ar]{line-height:1.6}
        body{max-width:190mm;margin:0 auto;padding:4mm}
        .banner{border:2pt solid #000;padding:1mm 3mm;text-align:center;font-weight:700;font-size:13pt}
        .exercise .banner{border-style:dashed}
        h1{font-size:17pt;margin:4mm 0 0}h2{font-size:13pt;margin:6mm 0 1.5mm;border-bottom:1pt solid #000;break-after:avoid}
        h3{font-size:11pt;margin:3mm 0 1mm;break-after:avoid}p{margin:1mm 0}
        .remark{font-size:9pt}.warning{border:2pt solid #000;padding:1.5mm 3mm;font-weight:700;margin:2mm 0}
        dl{display:grid;grid-template-columns:repeat(2,auto 1fr);gap:.5mm 3mm;margin:2mm 0}dt{font-size:9pt;align-self:baseline}dd{margin:0;overflow-wrap:anywhere}
        dd.wide{grid-column:2/-1}
        table{border-collapse:collapse;width:100%;font-size:9.5pt}th,td{border:.5pt solid #000;padding:.8mm 1.5mm;text-align:start;vertical-align:top;overflow-wrap:break-word}
        th{background:#e6e6e6;print-color-adjust:exact}thead{display:table-header-group}tr{break-inside:avoid}
        section.desk{break-inside:avoid}footer{margin-top:6mm;border-top:1pt solid #000;padding-top:1mm;font-size:9pt}
        @page{size:A4;margin:14mm 12mm}
        @media print{body{padding:0;max-width:none}}
        """;

    /// <summary>The style with the banner at the head and foot of each printed page (CSS Paged Media, 5).</summary>
    /// <param name="banner">A phrase of ours.</param>
    public static string With(string banner)
    {
        var quoted = "\"" + banner.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
        return Base + "\n@page{@top-center{content:" + quoted + ";font:700 9pt sans-serif}@bottom-center{content:" + quoted + " \" · \" counter(page) \" / \" counter(pages);font:700 9pt sans-serif}}\n";
    }

    /// <summary>What the page's policy calls a style.</summary>
    public static string HashOf(string style) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)));
}
