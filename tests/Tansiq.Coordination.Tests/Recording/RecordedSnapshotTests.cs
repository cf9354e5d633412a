using System.Buffers;
using System.Security.Cryptography;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Recording;
using Tansiq.Coordination.Situations;
using Tansiq.Coordination.Tests.Parties;
using Tansiq.Coordination.Tests.Situations;

namespace Tansiq.Coordination.Tests.Recording;

public sealed class RecordedSnapshotTests
{
    private static readonly byte[] Root = SHA256.HashData("root"u8);

    [Fact]
    [Trait("Requirement", "PTY-7")]
    public void Of_SnapshotOfARecordWhoseKeysChanged_HasTheSameKeysAtEverySize()
    {
        var record = SignedRecord.Founded();
        var (us, next) = (TestKeys.Of(Theatre.Us), TestKeys.Of("us next"));
        record.Tell(us, Theatre.Us, TestKeys.Rotation(record.Keys, Theatre.Us, next, KeyRole.Statement, TestKeys.Of(Theatre.Us, KeyRole.Recovery)));
        record.Say(us, Theatre.Us, SignedRecord.Anything).Fault.ShouldNotBeNull();
        record.Say(next, Theatre.Ru, SignedRecord.Anything).Inert.ShouldNotBeNull();
        record.Tell(next, Theatre.Us, SignedRecord.Anything);
        record.Tell(TestKeys.Of(Theatre.Us, KeyRole.Recovery), Theatre.Us, new KeyRevocation(next.Verifier, []));
        var output = new ArrayBufferWriter<byte>();
        SituationSnapshot.Write(record.State.History, Root, output);

        var state = RecordedState.Of(SituationSnapshot.Read(
            output.WrittenSpan, Root, (index, founding) => StatementsDomain.Read(record.Entries[(int)index], record.Attachment, founding)).Value);

        state.Digest.ShouldBe(record.State.Digest);
        for (var size = 0; size <= record.Entries.Count; size++)
            state.KnownAt(size).Keys.All.ShouldBe(record.State.KnownAt(size).Keys.All);
        state.Situation.Keys.Of(Theatre.Us, KeyRole.Statement).ShouldBeNull();
        var more = SignedRecord.Signed(record.Text(Theatre.Ru, SignedRecord.Anything), TestKeys.Of(Theatre.Ru));
        record.Append(more);
        SignedRecord.Domain.Append(state, more, SignedRecord.Domain.Read(more, state, record.Attachment), record.Attachment).State.Digest.ShouldBe(record.State.Digest);
    }
}
