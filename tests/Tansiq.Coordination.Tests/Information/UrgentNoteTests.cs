using System.Collections.Immutable;
using System.Text;
using CsCheck;
using NodaTime;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Information;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;
using Tansiq.Coordination.Tests.Parties;
using Tansiq.Record;
using Tansiq.Record.Notes;

namespace Tansiq.Coordination.Tests.Information;

/// <summary>An urgent note counts by its own signature, and by nothing else (INF-5).</summary>
public sealed class UrgentNoteTests
{
    private static readonly string[] Tags = ["ar", "en", "fr", "ru"];
    private static readonly ContentHash Founding = ContentHash.Of("founding"u8);
    private static readonly Id<Party> Us = new("us");
    private static readonly PartyKeys Keys = PartyKeys.Of(TestKeys.FoundingOf(Us, new("ru")), Founding);

    [Fact, Trait("Requirement", "INF-5")]
    public void Message_WordsOfAnyLanguage_IsReadAsItWasWritten()
    {
        var words = Gen.Dictionary(Gen.Int[0, 3].Select(number => Tags[number]), Gen.String[Gen.Char[' ', '\ud7ff'], 1, 200])[1, 4];
        Gen.Select(words, Gen.Enum<UrgentKind>(), Gen.Enum<OfficerRole>(), Gen.Bool).Sample((texts, kind, role, isAbout) =>
        {
            var message = Message() with
            {
                Kind = kind,
                Role = role,
                Words = new(texts.ToImmutableSortedDictionary(StringComparer.Ordinal)),
                About = isAbout ? ContentHash.Of("notice"u8) : null,
            };
            var note = UrgentNote.Of(message, Sign(TestKeys.Of(Us)));
            var read = UrgentNote.Read(note.Bytes, Keys).Value.ShouldBeOfType<UrgentNote.OfMessage>();
            read.Hash.ShouldBe(note.Hash);
            UrgentText.Write(read.Message).ToArray().ShouldBe(UrgentText.Write(message).ToArray());
        });
    }

    [Fact, Trait("Requirement", "INF-5")]
    public void Event_ReadBack_IsAsItWasWritten()
    {
        var happened = new UrgentEvent
        {
            Message = ContentHash.Of("message"u8), Party = Us, Number = 3, After = ContentHash.Of("before"u8), At = Instant.FromUtc(2016, 7, 20, 6, 0), Kind = UrgentEventKind.Closed,
            Role = OfficerRole.Command, Officer = "command-3", Words = Message().Words,
            Through = ImmutableSortedDictionary<Id<Party>, ContentHash>.Empty.Add(new("ru"), ContentHash.Of("last"u8)),
        };
        var read = UrgentNote.Read(UrgentNote.Of(happened, Sign(TestKeys.Of(Us))).Bytes, Keys).Value.ShouldBeOfType<UrgentNote.OfEvent>().Event;
        UrgentText.Write(read).ToArray().ShouldBe(UrgentText.Write(happened).ToArray());
    }

    [Fact, Trait("Requirement", "INF-5"), Trait("Requirement", "BND-4")]
    public void Note_ChangedOrOfAnotherKeyOrRecord_IsNotTaken()
    {
        var note = UrgentNote.Of(Message(), Sign(TestKeys.Of(Us)));
        Code(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(note.Bytes.Span).Replace("converge", "diverge", StringComparison.Ordinal))).ShouldBe(RecordFaults.BadSignature);
        Code(UrgentNote.Of(Message(), Sign(TestKeys.Of(new Id<Party>("ru")))).Bytes).ShouldBe("information.unknown-key");
        Code(UrgentNote.Of(Message() with { From = new("nobody") }, Sign(TestKeys.Of(Us))).Bytes).ShouldBe("information.unknown-key");
        Code(UrgentNote.Of(Message() with { Record = ContentHash.Of("another"u8) }, Sign(TestKeys.Of(Us))).Bytes).ShouldBe("information.other-record");
        Code(UrgentNote.Of(Message() with { To = [Us] }, Sign(TestKeys.Of(Us))).Bytes).ShouldBe("information.to-oneself");
        Code("no note"u8.ToArray()).ShouldBe(RecordFaults.MalformedNote);
        Code(new byte[UrgentNote.MaximumBytes + 1]).ShouldBe("json.too-large");
    }

    private static string Code(ReadOnlyMemory<byte> note) => UrgentNote.Read(note, Keys).Refusal!.Code;

    private static Func<ReadOnlyMemory<byte>, NoteSignature> Sign(SigningKey key) => text => key.Sign(text.Span);

    private static UrgentMessage Message() => new()
    {
        Record = Founding, Id = new("stop-1"), From = Us, To = [new("ru")], Kind = UrgentKind.Stop, Role = OfficerRole.Watch,
        Words = new(ImmutableSortedDictionary<string, string>.Empty.Add("en", "Stop. Two aircraft converge.")), About = null, SentAt = Instant.FromUtc(2016, 7, 20, 6, 0),
    };
}
