using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Information;
using Tansiq.Coordination.Parties;
using Tansiq.Geo.Text;

namespace Tansiq.Coordination.Statements;

/// <summary>Writes the text of a statement (docs/formats/statements.md). Once written it is never written again: the bytes are the statement.</summary>
public static class StatementWriter
{
    // Texts of any script stand as they are; the text is read as JSON only, never as part of a page.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = JsonText.MaximumDepth };

    /// <summary>Writes a statement.</summary>
    /// <param name="id">The identifier that its party gives it.</param>
    /// <param name="party">Who says it.</param>
    /// <param name="made">When its author says that it was made.</param>
    /// <param name="body">What is said.</param>
    /// <param name="attachments">
    /// The hashes of what the body was read from: of the founding for a <see cref="Founding"/>, of the agreement and its
    /// areas for an <see cref="AgreementProposal"/>, of the map for a <see cref="ControlMapProposal"/>; else none.
    /// </param>
    /// <returns>The text, one JSON object and a newline; or <c>statement.too-large</c>.</returns>
    /// <exception cref="ArgumentException">The body is unknown, or it has another number of attachments.</exception>
    public static Parsed<ReadOnlyMemory<byte>> Write(
        Id<Statement> id, Id<Party> party, Instant made, StatementBody body, params ReadOnlySpan<ContentHash> attachments) =>
        Write(id, party, officer: null, made, body, attachments);

    /// <summary>Writes a statement that an officer releases.</summary>
    /// <param name="id">The identifier that its party gives it.</param>
    /// <param name="party">Who says it.</param>
    /// <param name="officer">Who releases it, or null.</param>
    /// <param name="made">When its author says that it was made.</param>
    /// <param name="body">What is said.</param>
    /// <param name="attachments">As of the other.</param>
    /// <returns>As of the other.</returns>
    /// <exception cref="ArgumentException">The body is unknown, or it has another number of attachments.</exception>
    public static Parsed<ReadOnlyMemory<byte>> Write(
        Id<Statement> id, Id<Party> party, SpeakingOfficer? officer, Instant made, StatementBody body, params ReadOnlySpan<ContentHash> attachments)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            writer.WriteString("type", TypeOf(body));
            writer.WriteString("id", id.Value);
            writer.WriteString("party", party.Value);
            if (officer is not null) DeskStatementWriter.Write(writer, officer);
            Write(writer, "made", made);
            writer.WriteStartObject("body");
            WriteAttachments(writer, AttachmentsOf(body), attachments);
            WriteBody(writer, body);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenCount <= StatementReader.MaximumBytes
            ? buffer.WrittenMemory
            : new Refusal(
                "statement.too-large",
                "",
                string.Create(CultureInfo.InvariantCulture, $"{buffer.WrittenCount} bytes"),
                string.Create(CultureInfo.InvariantCulture, $"a statement of at most {StatementReader.MaximumBytes} bytes"));
    }

    /// <summary>Writes an instant as a member.</summary>
    internal static void Write(Utf8JsonWriter writer, string name, Instant instant) =>
        writer.WriteString(name, InstantPattern.ExtendedIso.Format(instant));

    /// <summary>The type's name of what is said.</summary>
    /// <exception cref="ArgumentException">The body is of an unknown type.</exception>
    internal static string TypeOf(StatementBody body) => body switch
    {
        Founding => StatementTypes.Founding,
        RecordTime => StatementTypes.RecordTime,
        KeyRotation => StatementTypes.KeyRotation,
        KeyRevocation => StatementTypes.KeyRevocation,
        AgreementProposal => StatementTypes.AgreementProposal,
        AgreementSignature => StatementTypes.AgreementSignature,
        Suspension => StatementTypes.Suspension,
        Resumption => StatementTypes.Resumption,
        ControlMapProposal => StatementTypes.ControlMapProposal,
        ControlMapAcceptance => StatementTypes.ControlMapAcceptance,
        SiteNotification => StatementTypes.SiteNotification,
        SiteWithdrawal => StatementTypes.SiteWithdrawal,
        Notice => StatementTypes.Notice,
        Consent => StatementTypes.Consent,
        Objection => StatementTypes.Objection,
        OtherDate => StatementTypes.OtherDate,
        Withdrawal => StatementTypes.Withdrawal,
        Lapse => StatementTypes.Lapse,
        Amendment => StatementTypes.Amendment,
        Activation => StatementTypes.Activation,
        Retiming => StatementTypes.Retiming,
        Completion => StatementTypes.Completion,
        Succession => StatementTypes.Succession,
        OfficerAppointment => StatementTypes.Officer,
        OfficerEnd => StatementTypes.OfficerEnd,
        DutyRoster => StatementTypes.Roster,
        DeskContacts => StatementTypes.Contacts,
        LineCheck => StatementTypes.LineCheck,
        Renewal => StatementTypes.Renewal,
        StopReport => StatementTypes.StopReport,
        _ => throw new ArgumentException("A statement of an unknown type is not written.", nameof(body)),
    };

    private static string[] AttachmentsOf(StatementBody body) => body switch
    {
        Founding => ["founding"],
        AgreementProposal => ["agreement", "areas"],
        ControlMapProposal => ["map"],
        _ => [],
    };

    private static void WriteAttachments(Utf8JsonWriter writer, string[] names, ReadOnlySpan<ContentHash> hashes)
    {
        if (names.Length != hashes.Length) throw new ArgumentException("A body has as many attachments as its type says.", nameof(hashes));
        for (var index = 0; index < names.Length; index++) writer.WriteString(names[index], hashes[index].Hex);
    }

    private static void WriteBody(Utf8JsonWriter writer, StatementBody body)
    {
        if (Cited(body) is { } cited) writer.WriteString("cites", cited.Hex);
        switch (body)
        {
            case RecordTime time: Write(writer, "now", time.Now); break;
            case KeyRotation rotation: KeyStatementReader.Write(writer, rotation); break;
            case KeyRevocation revocation: KeyStatementReader.Write(writer, revocation); break;
            case OtherDate date: Write(writer, "from", date.From); break;
            case Suspension suspension: Write(writer, suspension.Scope); break;
            case SiteNotification notification: SiteWriter.Write(writer, notification.Site); break;
            case Amendment amendment: NoticeWriter.Write(writer, amendment.Notice); break;
            case Retiming retiming: FlightCourseReader.Write(writer, retiming.Times); break;
            case Notice notice: NoticeWriter.Write(writer, notice); break;
            case Founding { IsSignedByAll: true } founding: KeyStatementReader.Write(writer, "signatures", founding.Signatures); break;
            case Succession succession: SuccessionReader.Write(writer, succession); break;
            case OfficerAppointment appointment: DeskStatementWriter.Write(writer, appointment); break;
            case OfficerEnd end: writer.WriteString("officer", end.Officer.Value); break;
            case DutyRoster roster: DeskStatementWriter.Write(writer, roster); break;
            case DeskContacts contacts: DeskStatementWriter.Write(writer, contacts); break;
            case LineCheck check: DeskStatementWriter.Write(writer, check); break;
            case Renewal renewal: Write(writer, "until", renewal.Until); break;
            case StopReport report: StopReportReader.Write(writer, report); break;
        }
    }

    private static ContentHash? Cited(StatementBody body) => body switch
    {
        AgreementSignature signature => signature.Cites,
        Resumption resumption => resumption.Cites,
        ControlMapAcceptance acceptance => acceptance.Cites,
        SiteWithdrawal withdrawal => withdrawal.Cites,
        Consent consent => consent.Cites,
        Objection objection => objection.Cites,
        OtherDate date => date.Cites,
        Withdrawal withdrawal => withdrawal.Cites,
        Lapse lapse => lapse.Cites,
        Renewal renewal => renewal.Cites,
        Amendment amendment => amendment.Cites,
        Activation activation => activation.Cites,
        Retiming retiming => retiming.Cites,
        Completion completion => completion.Cites,
        _ => null,
    };

    private static void Write(Utf8JsonWriter writer, SuspensionScope scope)
    {
        writer.WriteStartObject("scope");
        if (scope is SuspensionScope.OfChapter chapter) writer.WriteString("chapter", chapter.Chapter.Value);
        else if (scope is SuspensionScope.OfClause clause) writer.WriteString("clause", clause.Clause.Value);
        else writer.WriteBoolean("all", true);
        writer.WriteEndObject();
    }
}
