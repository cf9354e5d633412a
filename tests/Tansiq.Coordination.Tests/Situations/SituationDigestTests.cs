using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using CsCheck;
using NodaTime;
using Shouldly;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Situations;
using Tansiq.Coordination.Statements;
using Xunit;

namespace Tansiq.Coordination.Tests.Situations;

/// <summary>Digests are what docs/formats/situation-digest.md says, and tell pictures apart.</summary>
[Trait("Requirement", "REC-7")]
public sealed class SituationDigestTests
{
    [Fact]
    public void DigestAt_EverySize_IsWhatItsDocumentSays()
    {
        var record = TestRecord.Founded();
        var notice = record.File(Draft.Flight(Draft.On(5, 5)));
        record.Tell(Theatre.Observer, new SiteNotification(Draft.Hospital("h", 37.1, 38.1)));
        for (var number = 0; number < 300; number++) record.Tell(Theatre.Ru, new Objection(notice));
        record.Say(Theatre.Stranger, new RecordTime(Theatre.Hour(1))).Admission.ShouldBe(new Admission.Inert("parties.unknown-party", "/party"));
        record.At(2);
        record.Tell(Theatre.Us, new Withdrawal(notice));
        for (long size = 0; size <= record.Size; size++)
            record.List.History.DigestAt(size).Hex.ShouldBe(Convert.ToHexStringLower(Documented(record, size)));
    }

    [Fact]
    public void DigestAt_RecordsThatDifferInOneEntry_DiffersFromThereOn() => Gen.Select(RandomRecord.Sayings, Gen.Int[0, 1_000]).Sample(
        (sayings, place) =>
        {
            var statements = RandomRecord.Of(sayings).List.Entries.Select(entry => entry.Statement).ToList();
            var other = RandomRecord.Begin().List.Entries.Count + place % sayings.Length;
            var (first, second) = (new SituationHistory(), new SituationHistory());
            for (var index = 0; index < statements.Count; index++)
            {
                first.Append(statements[index]);
                second.Append(index == other ? statements[index] with { Hash = ContentHash.Of("another text"u8) } : statements[index]);
                (first.LatestDigest.Equals(second.LatestDigest)).ShouldBe(index < other);
            }
        },
        iter: 40);

    [Fact]
    public void StateDigest_SameStateAndAnother_IsTheSameAndAnother()
    {
        var record = TestRecord.With(Draft.Separation("4.1"));
        var notice = record.File(Draft.Flight(Draft.On(5, 5)));
        var before = record.Latest;
        var withdrawal = record.Statement(Theatre.Us, new Withdrawal(notice));
        var (withdrawn, again) = (before.Append(withdrawal).Situation, before.Append(withdrawal).Situation);
        SituationSnapshot.StateDigest(again).ShouldBe(SituationSnapshot.StateDigest(withdrawn), "one goes on in the lineage, the other in a copy");
        SituationSnapshot.StateDigest(withdrawn.WithJointSize(0)).ShouldBe(SituationSnapshot.StateDigest(withdrawn));
        Situation[] others =
        [
            Situation.Empty, before, withdrawn, record.List.At(before.Size - 1),
            before.Append(record.Statement(Theatre.Ru, new Objection(notice))).Situation,
            before.Append(record.Statement(Theatre.Stranger, new UnknownBody("unheard-of"))).Situation,
        ];
        others.Select(SituationSnapshot.StateDigest).Distinct().Count().ShouldBe(others.Length);
    }

    /// <summary>The digest as the document gives it, from the statements and what admission said of them alone.</summary>
    private static byte[] Documented(TestRecord record, long size)
    {
        if (size == 0) return SHA256.HashData(Encoding.UTF8.GetBytes("tansiq/situation-digest/1\nrules/1\n"));
        var start = (size - 1) / 256 * 256;
        var entries = Enumerable.Range((int)start, (int)(size - start)).SelectMany(index => Listed(record, index));
        return SHA256.HashData([.. Documented(record, start), .. entries]);
    }

    private static byte[] Listed(TestRecord record, int index)
    {
        var (entry, after) = (record.List.Entries[index], record.List.At(index + 1));
        var admitted = record.List.Entries.Take(index + 1).Where(each => each.Admission is Admission.Admitted).ToList();
        var since = (after.Time ?? Instant.MinValue) - NodaConstants.UnixEpoch;
        byte[] times = [.. Number(admitted.Count(each => each.Statement.Body is RecordTime)), .. Number(since.Days), .. Long(since.NanosecondOfDay)];
        byte[] outcome = entry.Admission is Admission.Inert inert
            ? [0, .. Encoding.UTF8.GetBytes($"{inert.Code}\n{inert.Where}\n")]
            : [1, .. Effect(entry.Statement.Body)];
        return
        [
            .. Convert.FromHexString(entry.Statement.Hash.Hex), .. Number(admitted.Count), .. Number(after.Notices.Count), .. Number(after.Sites.Count),
            .. times, .. outcome,
        ];
    }

    private static byte[] Effect(StatementBody body) => body switch
    {
        Coordination.Parties.Founding => [0, .. Number(-1)],
        RecordTime => [1, .. Number(-1)],
        Notice => [8, .. Number(0)],
        Objection => [10, .. Number(0)],
        Withdrawal => [13, .. Number(0)],
        SiteNotification => [15, .. Number(0)],
        _ => throw new InvalidOperationException(),
    };

    private static byte[] Number(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    private static byte[] Long(long value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        return bytes;
    }
}
