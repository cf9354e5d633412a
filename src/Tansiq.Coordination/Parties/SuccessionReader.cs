using System.Text.Json;
using Tansiq.Coordination.Statements;
using Tansiq.Geo.Text;

namespace Tansiq.Coordination.Parties;

/// <summary>Reads and writes the body of a succession, and the signatures of a founding (docs/formats/statements.md).</summary>
internal static class SuccessionReader
{
    public static StatementBody? Read(JsonCursor body)
    {
        var office = body["office"];
        var log = body["log"].Key(KeyRole.Statement);
        var statement = office["statement"].Key(KeyRole.Statement);
        var recovery = office["recovery"].Key(KeyRole.Recovery);
        var (id, name) = (office["id"].Id<Party>(), office["name"].WordsOfAnyLanguage());
        var (size, root) = (body["size"].Integer(1, JsonText.MaximumInteger), body["root"].Hash());
        var endorsements = KeyStatementReader.Endorsements(body["endorsements"]);
        return log is null || statement is null || recovery is null ? null : new Succession(log, id, name, statement, recovery, size, root, endorsements);
    }

    public static void Write(Utf8JsonWriter writer, Succession succession)
    {
        writer.WriteString("log", succession.Log.ToString());
        writer.WriteStartObject("office");
        writer.WriteString("id", succession.Office.Value);
        writer.WriteStartObject("name");
        foreach (var (language, text) in succession.OfficeName.ByLanguage) writer.WriteString(language, text);
        writer.WriteEndObject();
        writer.WriteString("statement", succession.Statement.ToString());
        writer.WriteString("recovery", succession.Recovery.ToString());
        writer.WriteEndObject();
        writer.WriteNumber("size", succession.Size);
        writer.WriteString("root", succession.Root.Hex);
        KeyStatementReader.Write(writer, "endorsements", succession.Endorsements);
    }

    /// <summary>The founding with the signatures that its statement bears; null where some are missing or do not verify.</summary>
    /// <param name="body">The statement's body.</param>
    /// <param name="founding">The founding that it names.</param>
    public static Founding? Signed(JsonCursor body, Founding founding)
    {
        var place = body["signatures"];
        if (!place.Exists) return founding;
        var lines = KeyStatementReader.Endorsements(place);
        if (place.Reading.IsRefused) return null;
        if (founding.Keys is not { } keys) place.Refuse("parties.no-keys", "a founding with keys");
        else if (!FoundingSignature.Missing(keys, founding, body["founding"].Hash(), lines).TryGet(out var missing, out _))
            place.Refuse("parties.founding-signature-bad", "signatures that verify");
        else if (missing is [var first, ..]) place.Refuse("parties.founding-signature-missing", $"the signatures of all signatories, of {first} too");
        return place.Reading.IsRefused ? null : founding with { Signatures = lines };
    }
}
