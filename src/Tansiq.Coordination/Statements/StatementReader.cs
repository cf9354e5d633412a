using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Information;
using Tansiq.Coordination.Parties;
using Tansiq.Geo.Text;

namespace Tansiq.Coordination.Statements;

/// <summary>Reads the text of a statement (docs/formats/statements.md). It checks form; what the record says is admission's business.</summary>
public static class StatementReader
{
    /// <summary>The most bytes of a statement's text, the limit of a tlog-tiles entry.</summary>
    public const int MaximumBytes = 65_535;

    /// <summary>The most characters of a checkpoint's root.</summary>
    public const int MaximumRootLength = 64;

    /// <summary>Reads a statement. Members that this version does not know are kept in the text and ignored.</summary>
    /// <param name="text">The exact text: one I-JSON object and a newline.</param>
    /// <param name="attachment">Gives an attachment's bytes by hash, or null where it is not held.</param>
    /// <param name="founding">The record's founding, against which attachments are read; null before there is one.</param>
    /// <returns>The statement, with an <see cref="UnknownBody"/> where its type is not known; or why the text was not taken.</returns>
    public static Parsed<Statement> Read(
        ReadOnlyMemory<byte> text, Func<ContentHash, ReadOnlyMemory<byte>?> attachment, Founding? founding)
    {
        ArgumentNullException.ThrowIfNull(attachment);
        if (text.Length <= MaximumBytes && (text.IsEmpty || text.Span[^1] != (byte)'\n'))
            return new Refusal("statement.no-newline", "", "another end", "a text that ends with a newline");
        var attachments = new AttachmentReader(attachment, founding);
        return JsonReading.Read(text, MaximumBytes, refusesUnknownMembers: false, root => Envelope(root, text, attachments));
    }

    private static Statement Envelope(JsonCursor root, ReadOnlyMemory<byte> text, AttachmentReader attachments)
    {
        var type = root["type"].Identifier();
        var id = root["id"].Id<Statement>();
        var party = root["party"].Id<Party>();
        var made = root["made"].Instant();
        var officer = DeskStatementReader.Speaking(root["officer"]);
        Seen(root["seen"]);
        _ = root["body"].Members(int.MaxValue);
        var body = root.Reading.IsRefused ? null : Body(type, root["body"], attachments);
        return new(id, party, made, ContentHash.Of(text.Span), body ?? new UnknownBody(type)) { Officer = officer };
    }

    private static StatementBody? Body(string type, JsonCursor body, AttachmentReader attachments) => type switch
    {
        StatementTypes.Founding => FoundingReader.ReadBody(body, attachments),
        StatementTypes.RecordTime => new RecordTime(body["now"].Instant()),
        StatementTypes.KeyRotation => KeyStatementReader.Rotation(body),
        StatementTypes.KeyRevocation => KeyStatementReader.Revocation(body),
        StatementTypes.AgreementProposal => AgreementStatementReader.Proposal(body, attachments),
        StatementTypes.AgreementSignature => new AgreementSignature(body.Cites()),
        StatementTypes.Suspension => new Suspension(body["scope"].SuspensionScope()),
        StatementTypes.Resumption => new Resumption(body.Cites()),
        StatementTypes.ControlMapProposal => AgreementStatementReader.Map(body, attachments),
        StatementTypes.ControlMapAcceptance => new ControlMapAcceptance(body.Cites()),
        StatementTypes.SiteNotification => new SiteNotification(SiteReader.ReadRecord(body["site"])),
        StatementTypes.SiteWithdrawal => new SiteWithdrawal(body.Cites()),
        StatementTypes.Notice => NoticeReader.ReadRecord(body),
        StatementTypes.Consent => new Consent(body.Cites()),
        StatementTypes.Objection => new Objection(body.Cites()),
        StatementTypes.OtherDate => new OtherDate(body.Cites(), body["from"].Instant()),
        StatementTypes.Withdrawal => new Withdrawal(body.Cites()),
        StatementTypes.Lapse => new Lapse(body.Cites()),
        StatementTypes.Amendment => FlightCourseReader.Amendment(body),
        StatementTypes.Activation => new Activation(body.Cites()),
        StatementTypes.Retiming => FlightCourseReader.Retiming(body),
        StatementTypes.Completion => new Completion(body.Cites()),
        StatementTypes.Succession => SuccessionReader.Read(body),
        StatementTypes.Officer => DeskStatementReader.Appointment(body),
        StatementTypes.OfficerEnd => DeskStatementReader.End(body),
        StatementTypes.Roster => DeskStatementReader.Roster(body),
        StatementTypes.Contacts => DeskStatementReader.Contacts(body),
        StatementTypes.LineCheck => DeskStatementReader.Check(body),
        StatementTypes.Renewal => new Renewal(body.Cites(), body["until"].Instant()),
        StatementTypes.StopReport => StopReportReader.Read(body),
        _ => null,
    };

    private static void Seen(JsonCursor seen)
    {
        if (!seen.Exists) return;
        _ = seen["size"].Integer(0, JsonText.MaximumInteger);
        _ = seen["root"].Text(MaximumRootLength);
    }
}
