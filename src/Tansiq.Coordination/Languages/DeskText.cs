using System.Globalization;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Information;
using Tansiq.Coordination.Parties;

namespace Tansiq.Coordination.Languages;

/// <summary>Says what statements about officers, desks, renewals, the office and direct messages say, in one language. Pure; immutable and thread-safe.</summary>
/// <param name="phrases">The language.</param>
/// <param name="names">The names of the record.</param>
public sealed class DeskText(Phrasebook phrases, NameText names)
{
    private const decimal HertzPerMegahertz = 1_000_000m;

    /// <summary>A duty: who, who stands in, from when until when.</summary>
    public string Duty(Duty duty)
    {
        ArgumentNullException.ThrowIfNull(duty);
        var facts = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["officer"] = names.Values.Identifier(duty.Officer.Value),
            ["from"] = names.Values.Time(duty.Time.Start),
            ["until"] = names.Values.Time(duty.Time.End),
            ["zone"] = names.Values.Identifier(duty.Zone),
        };
        if (!duty.Deputies.IsEmpty) facts.Add("deputies", names.Values.List(duty.Deputies.Select(deputy => names.Values.Identifier(deputy.Value))));
        return phrases.Fill("record.says.duty", facts);
    }

    /// <summary>A line to a desk: the means, the role, the number.</summary>
    public string Line(DeskLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        return phrases.Fill(
            "record.says.line", Fact("kind", phrases.Term(line.Kind)), Fact("role", phrases.Term(line.Role)), Fact("number", names.Values.Identifier(line.Number)));
    }

    /// <summary>A guard frequency, exactly, in megahertz.</summary>
    public string Frequency(GuardFrequency frequency)
    {
        ArgumentNullException.ThrowIfNull(frequency);
        var megahertz = (frequency.Hertz / HertzPerMegahertz).ToString("0.0#####", CultureInfo.InvariantCulture);
        var facts = new Dictionary<string, string>(StringComparer.Ordinal) { ["megahertz"] = names.Values.Identifier(megahertz) };
        if (frequency.CallSign is { } callSign) facts.Add("callsign", names.Values.Identifier(callSign));
        return phrases.Fill("record.says.frequency", facts);
    }

    /// <summary>The lines that follow the sentence.</summary>
    internal IEnumerable<(string Label, string Value)> Lines(Statements.StatementBody body) => body switch
    {
        DutyRoster roster => roster.Duties.Select(duty => (phrases.Term(duty.Role), Duty(duty))),
        DeskContacts contacts => contacts.Lines.OrderBy(line => line.Order).Select(line => (phrases.Text("record.label.desk-line"), Line(line)))
            .Concat(contacts.Guard.Select(frequency => (phrases.Text("record.label.guard-frequency"), Frequency(frequency)))),
        StopReport report => report.Course.Select(each => (phrases.Text("record.label.course"), Moment(each))),
        Succession succession => [(phrases.Text("record.label.log-key"), names.Values.Identifier(succession.Log.ToString()))],
        _ => [],
    };

    /// <summary>The key of the sentence, its facts added; null where the statement is of another capability.</summary>
    internal string? Say(Dictionary<string, string> facts, Statements.StatementBody body, Situation situation)
    {
        switch (body)
        {
            case Succession succession:
                facts.Add("office", names.Values.Name(succession.OfficeName));
                facts.Add("size", names.Values.Count(succession.Size));
                return "succession";
            case OfficerAppointment appointment:
                facts.Add("officer", names.Values.Identifier(appointment.Officer.Value));
                facts.Add("roles", names.Values.List(appointment.Roles.Select(phrases.Term)));
                if (appointment.At is { } at) facts.Add("place", names.Party(at));
                return "officer";
            case OfficerEnd end:
                facts.Add("officer", names.Values.Identifier(end.Officer.Value));
                return "officer-end";
            case DutyRoster roster:
                facts.Add("count", names.Values.Count(roster.Duties.Length));
                return "roster";
            case DeskContacts contacts:
                facts.Add("count", names.Values.Count(contacts.Lines.Length));
                facts.Add("frequencies", names.Values.Count(contacts.Guard.Length));
                return "contacts";
            case LineCheck check:
                facts.Add("other", names.Party(check.With));
                facts.Add("path", phrases.Term(check.Path));
                facts.Add("at", names.Values.Time(check.At));
                return check.IsAnswered ? "line-check-answered" : "line-check-unanswered";
            case Renewal renewal:
                facts.Add("agreement", Renewed(renewal, situation));
                facts.Add("until", names.Values.Time(renewal.Until));
                return "renewal";
            case StopReport report:
                Say(facts, report);
                return "stop";
            default:
                return null;
        }
    }

    private void Say(Dictionary<string, string> facts, StopReport report)
    {
        facts.Add("kind", phrases.Term(report.Kind));
        facts.Add("from", names.Party(report.From));
        facts.Add("to", names.Party(report.To));
        facts.Add("role", phrases.Term(report.Role));
        facts.Add("message", names.Values.Identifier(report.Message.Value));
        facts.Add("words", names.Values.Name(report.Words));
    }

    private string Renewed(Renewal renewal, Situation situation) =>
        situation.Agreements.Find(agreement => agreement.Hash == renewal.Cites) is { } cited
            ? names.Agreement(cited.Agreement.Id)
            : phrases.Fill("record.cited-unknown", Fact("hash", names.Values.Identifier(renewal.Cites.Hex)));

    private string Moment(CourseEvent each)
    {
        var facts = new Dictionary<string, string>(StringComparer.Ordinal) { ["at"] = names.Values.Time(each.At), ["event"] = phrases.Term(each.Kind) };
        if (each.Path is { } path) facts.Add("path", names.Values.Identifier(path));
        if (each.Role is { } role) facts.Add("role", phrases.Term(role));
        return phrases.Fill("record.says.course", facts);
    }

    private static KeyValuePair<string, string> Fact(string name, string value) => KeyValuePair.Create(name, value);
}
