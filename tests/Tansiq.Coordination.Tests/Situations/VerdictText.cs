using System.Globalization;
using System.Text;
using Tansiq.Coordination.Flights;

namespace Tansiq.Coordination.Tests.Situations;

/// <summary>Every field of a verdict as text, so that two of them can be compared field by field.</summary>
internal static class VerdictText
{
    public static string Of(Verdict verdict)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{verdict.Kind} of {string.Join(',', verdict.ConsentOf)}, size {verdict.KnownAtSize}, joint {verdict.JointSize}")
            .AppendLine(CultureInfo.InvariantCulture, $"valid at {verdict.ValidAt}, rules {verdict.RulesVersion}, {verdict.RecordKind}");
        return text.Append(OfReasons(verdict)).ToString();
    }

    /// <summary>What the verdict says, without what it was asked of.</summary>
    public static string OfReasons(Verdict verdict)
    {
        var text = new StringBuilder();
        foreach (var reason in verdict.Reasons)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{reason.Effect} {reason.Code} {reason.Agreement} {reason.Clause} {reason.Exemption} {reason.Area} {reason.Site} {reason.Map}")
                .AppendLine(CultureInfo.InvariantCulture, $"  {reason.Flight} of {string.Join(',', reason.Parties)} volume {reason.Volume} {reason.Certainty}")
                .AppendLine(CultureInfo.InvariantCulture, $"  {reason.From} to {reason.Until}, {reason.Place} to {reason.ExitPlace}: {string.Join(", ", reason.Numbers)}");
        }

        return text.ToString();
    }
}
