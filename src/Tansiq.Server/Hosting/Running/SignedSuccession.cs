using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Recording;
using Tansiq.Coordination.Statements;
using Tansiq.Geo.Text;
using Tansiq.Record;
using Tansiq.Record.Entries;

namespace Tansiq.Server.Hosting.Running;

/// <summary>The succession of an office as it stands on the new record: endorsed by the signatories, signed by the new office (PTY-2).</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Succession">What it says.</param>
public sealed record SignedSuccession(SignedEntry Entry, Succession Succession)
{
    /// <summary>The most bytes of one, the limit of a tlog-tiles entry.</summary>
    public const int MaximumBytes = 65_535;

    /// <summary>Reads one. Whether its endorsements count, the record decides.</summary>
    /// <returns>It; <c>succession.not-one</c>, <c>record.bad-signature</c> where the office that it names did not sign it, or why it can't be read.</returns>
    public static Parsed<SignedSuccession> Read(ReadOnlyMemory<byte> bytes)
    {
        if (!SignedEntry.Read(bytes).TryGet(out var entry, out var fault)) return fault.AsRefusal();
        if (!ReadText(entry.Text).TryGet(out var statement, out var refusal)) return refusal;
        var succession = (Succession)statement.Body;
        return succession.Statement.IsNamedBy(entry.Signature) && succession.Statement.Verifies(entry.Text.Span, entry.Signature.Bytes.Span)
            ? new SignedSuccession(entry, succession)
            : new Refusal(RecordFaults.BadSignature, "", "no signature of the office that it names", succession.Statement.Name);
    }

    /// <summary>Reads the text of one, signed or not yet.</summary>
    public static Parsed<Statement> ReadText(ReadOnlyMemory<byte> text)
    {
        if (!StatementReader.Read(text, _ => null, founding: null).TryGet(out var statement, out var refusal)) return refusal;
        return statement.Body is Succession ? statement : new Refusal("succession.not-one", "/type", JsonText.Shorten(statement.Id.Value), StatementTypes.Succession);
    }
}
