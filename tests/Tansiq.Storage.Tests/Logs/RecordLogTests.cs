using System.Text;
using CsCheck;
using NodaTime;
using Tansiq.Record;
using Tansiq.Record.Notes;
using Tansiq.Storage.Logs;

namespace Tansiq.Storage.Tests.Logs;

/// <summary>What comes on the record, where, and what is refused.</summary>
[Trait("Requirement", "REC-1")]
public sealed class RecordLogTests
{
    [Fact]
    public async Task Append_SubmittedInOrderWithoutWaiting_StandsInThatOrder()
    {
        await using var office = await ToyOffice.OpenAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 500).Select(number => office.SubmitAsync(ToyOffice.Ann, $"{number}", "say something")));
        for (var number = 0; number < 500; number++) answers[number].ShouldBeAccepted(3 + number);
        office.ShouldBeConsistent();
    }

    [Fact]
    [Trait("Requirement", "REC-4")]
    public async Task Append_SameTextAgain_GivesTheSameIndex()
    {
        await using var office = await ToyOffice.OpenAsync();
        var both = await Task.WhenAll(office.SubmitAsync(ToyOffice.Ann, "1", "say once"), office.SubmitAsync(ToyOffice.Ann, "1", "say once"));
        both[0].ShouldBeAccepted(3);
        both[1].ShouldBeAccepted(3, isRepeated: true);
        (await office.ReopenAsync()).ShouldBeNull();
        (await office.SubmitAsync(ToyOffice.Ann, "1", "say once")).ShouldBeAccepted(3, isRepeated: true);
        office.Log.Size.ShouldBe(4);
    }

    [Fact]
    [Trait("Requirement", "REC-7")]
    public async Task Append_OtherTextUnderAUsedIdentifier_IsRefused()
    {
        await using var office = await ToyOffice.OpenAsync();
        var both = await Task.WhenAll(office.SubmitAsync(ToyOffice.Ann, "1", "say one thing"), office.SubmitAsync(ToyOffice.Ann, "1", "say another"));
        both[0].ShouldBeAccepted(3);
        both[1].ShouldBeRefused(RecordFaults.IdReused);
        (await office.SubmitAsync(ToyOffice.Ann, "1", "say a third")).ShouldBeRefused(RecordFaults.IdReused);
        office.Log.Size.ShouldBe(4);
    }

    [Fact]
    [Trait("Requirement", "REC-7")]
    public async Task Append_WhatIsNotSignedAsItHasToBe_IsRefused()
    {
        await using var office = await ToyOffice.OpenAsync();
        var entry = ToyDomain.Entry(ToyOffice.Ann, "1", "say something");
        var twice = SignedNote.Of(TextOf(entry), ToyOffice.Ann.Sign(TextOf(entry)), ToyOffice.OfficeKey.Sign(TextOf(entry)));
        var altered = Encoding.UTF8.GetString(entry).Replace("something", "somewhere", StringComparison.Ordinal);
        (await office.Log.AppendAsync(Encoding.UTF8.GetBytes(altered))).ShouldBeRefused(RecordFaults.BadSignature);
        (await office.Log.AppendAsync(twice.Bytes)).ShouldBeRefused(RecordFaults.NotOneSignature);
        (await office.Log.AppendAsync("no note"u8.ToArray())).ShouldBeRefused(RecordFaults.MalformedNote);
        (await office.Log.AppendAsync(new byte[65_536])).ShouldBeRefused(RecordFaults.TooLarge);
        (await office.SubmitAsync(ToyOffice.Bob, "1", "say something")).ShouldBeRefused(RecordFaults.UnknownKey);
        (await office.SubmitAsync(ToyDomain.Key("ann.example", number: 2), "1", "say something")).ShouldBeRefused(RecordFaults.UnknownKey);
        office.Log.Size.ShouldBe(3);
        (await office.Log.AppendAsync(entry)).ShouldBeAccepted(3);
    }

    [Fact]
    [Trait("Requirement", "REC-7")]
    public async Task Append_WithoutEffect_IsGivenBackOrKeptAsTheDomainSays()
    {
        await using var office = await ToyOffice.OpenAsync();
        (await office.SubmitAsync(ToyOffice.Ann, "1", "never this")).ShouldBeRefused(ToyDomain.Refused);
        (await office.SubmitAsync(ToyOffice.Ann, "2", "dance a little")).ShouldBeAccepted(3);
        (await office.SubmitAsync(ToyOffice.Ann, "1", "say this")).ShouldBeAccepted(4);
        office.ShouldBeConsistent();
    }

    [Fact]
    [Trait("Requirement", "PTY-7")]
    public async Task Append_KeysThatChangeWithinABatch_CountFromTheirPlace()
    {
        await using var office = await ToyOffice.OpenAsync();
        var newer = ToyDomain.Key("ann.example", number: 2);
        var answers = await Task.WhenAll(
            office.SubmitAsync(ToyOffice.Ann, "1", "say with the old key"),
            office.SubmitAsync(ToyOffice.Ann, "2", $"key {newer.Verifier}"),
            office.SubmitAsync(ToyOffice.Ann, "3", "say with the old key again"),
            office.SubmitAsync(newer, "4", "say with the new key"),
            office.SubmitAsync(ToyOffice.OfficeKey, "5", "drop ann.example"),
            office.SubmitAsync(newer, "6", "say when it is dropped"));
        answers[0].ShouldBeAccepted(3);
        answers[1].ShouldBeAccepted(4);
        answers[2].ShouldBeRefused(RecordFaults.UnknownKey);
        answers[3].ShouldBeAccepted(5);
        answers[4].ShouldBeAccepted(6);
        answers[5].ShouldBeRefused(RecordFaults.UnknownKey);
        office.ShouldBeConsistent();
    }

    [Fact]
    [Trait("Requirement", "PTY-7")]
    public async Task Append_AnotherKeyAtThePlaceThanWhenItWasVerified_IsVerifiedAgain()
    {
        using var gate = new GatedStore();
        await using var office = await ToyOffice.OpenAsync();
        await office.Log.DisposeAsync();
        await using var log = (await RecordLog<ToyState, ToyReading>.OpenAsync(gate.Around(office.File), new KeyByPlaceDomain(), office.Settings)).Value;
        gate.Close();
        var held = log.AppendAsync(ToyDomain.Entry(ToyOffice.Ann, "held", "say something"));
        gate.WaitUntilHeld();
        var verified = log.AppendAsync(ToyDomain.Entry(ToyOffice.Ann, "1", "say something"));
        var unverified = log.AppendAsync(ToyDomain.Entry(KeyByPlaceDomain.Later, "2", "say something"));

        // Both are read by the state before: time for it, so that the gate does not open first.
        await Task.Delay(300);
        gate.Open();
        (await held).ShouldBeAccepted(3);
        (await verified).ShouldBeRefused(RecordFaults.BadSignature);
        (await unverified).ShouldBeAccepted(4);
    }

    [Fact]
    public async Task Append_Attachment_HasToBeKeptFirst()
    {
        await using var office = await ToyOffice.OpenAsync();
        var hash = Record.Entries.AttachmentHash.Of("a map"u8);
        (await office.SubmitAsync(ToyOffice.Ann, "1", $"attach {hash}")).ShouldBeRefused(RecordFaults.AttachmentMissing);
        office.File.AddAttachment("a map"u8.ToArray());
        (await office.SubmitAsync(ToyOffice.Ann, "1", $"attach {hash}")).ShouldBeAccepted(3);
    }

    [Fact]
    public async Task Append_BufferUsedAgainByTheCaller_ChangesNothing()
    {
        await using var office = await ToyOffice.OpenAsync();
        var buffer = ToyDomain.Entry(ToyOffice.Ann, "1", "say something");
        var answer = office.Log.AppendAsync(buffer);
        Array.Clear(buffer);
        (await answer).ShouldBeAccepted(3);
        office.ShouldBeConsistent();
    }

    [Fact]
    public async Task Append_MoreThanTheQueueTakes_IsRefusedAndTakenLater()
    {
        using var gate = new GatedStore();
        await using var office = await ToyOffice.OpenAsync(gate.Around, settings => settings with { MaximumQueuedEntries = 4, MaximumBatchEntries = 1 });
        gate.Close();
        var held = office.SubmitAsync(ToyOffice.Ann, "held", "say something");
        gate.WaitUntilHeld();
        var queued = Enumerable.Range(0, 4).Select(number => office.SubmitAsync(ToyOffice.Ann, $"{number}", "say something")).ToArray();
        (await office.SubmitAsync(ToyOffice.Ann, "more", "say something")).ShouldBeRefused(RecordFaults.Busy);
        var room = office.Log.RoomAsync();
        room.IsCompleted.ShouldBeFalse();
        gate.Open();
        await room;
        foreach (var answer in (await Task.WhenAll(queued)).Append(await held)) answer.ShouldBeOfType<AppendAnswer.Accepted>();
        (await office.SubmitAsync(ToyOffice.Ann, "more", "say something")).ShouldBeAccepted(8);
    }

    [Fact]
    public async Task Append_SmallBatchBounds_AllIsTakenInOrder()
    {
        await using var office = await ToyOffice.OpenAsync(settings: settings => settings with { MaximumBatchEntries = 7, MaximumBatchBytes = 1_000 });
        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(number => office.SubmitAsync(ToyOffice.Ann, $"{number}", "say " + new string('x', number * 30))));
        for (var number = 0; number < 60; number++) answers[number].ShouldBeAccepted(3 + number);
        office.ShouldBeConsistent();
    }

    [Fact]
    public async Task Dispose_WhileEntriesAreQueued_FinishesThemAndTakesNoMore()
    {
        await using var office = await ToyOffice.OpenAsync();
        var answers = Enumerable.Range(0, 200).Select(number => office.SubmitAsync(ToyOffice.Ann, $"{number}", "say something")).ToArray();
        await office.Log.DisposeAsync();
        foreach (var answer in answers) (await answer).ShouldBeOfType<AppendAnswer.Accepted>();
        (await office.SubmitAsync(ToyOffice.Ann, "more", "say something")).ShouldBeRefused(RecordFaults.StoreFailed);
        office.ShouldBeConsistent();
    }

    [Fact]
    [Trait("Requirement", "REC-4")]
    public async Task Append_ParallelSubmittersWithRepetitions_EachAcknowledgedOneIsThereOnce() =>
        await Gen.Select(Gen.Int[0, 12], Gen.Int[0, 7]).Array[1, 60].Array[1, 5].SampleAsync(
            async submitters =>
            {
                await using var office = await ToyOffice.OpenAsync(settings: settings => settings with { MaximumBatchEntries = 9 });
                var acknowledged = await Task.WhenAll(submitters.Select((statements, submitter) => Task.Run(() => SubmitAllAsync(office, submitter, statements))));
                office.ShouldBeConsistent();
                var texts = office.Texts();
                texts.Distinct().Count().ShouldBe(texts.Length);
                foreach (var (index, text) in acknowledged.SelectMany(each => each)) texts[index].ShouldBe(text);
                texts.Length.ShouldBe(3 + acknowledged.SelectMany(each => each).Select(each => each.Index).Distinct().Count());
                foreach (var own in acknowledged) own.DistinctBy(each => each.Index).Select(each => each.Index).ShouldBeInOrder();
                (await office.ReopenAsync()).ShouldBeNull();
                office.ShouldBeConsistent();
            },
            iter: 25);

    private static ReadOnlySpan<byte> TextOf(byte[] entry) => SignedNote.Read(entry).Value.Text.Span;

    // Identifiers are each submitter's own; some statements come twice, some again with another text, and half of them are not awaited.
    private static async Task<List<(int Index, string Text)>> SubmitAllAsync(ToyOffice office, int submitter, (int Id, int Text)[] statements)
    {
        var answers = new List<(Task<AppendAnswer> Answer, string Text)>();
        foreach (var (id, text) in statements)
        {
            answers.Add((office.SubmitAsync(ToyOffice.Ann, $"{submitter}-{id}", $"say {text / 4}"), $"{submitter}-{id} say {text / 4}"));
            if (text % 2 == 0) await answers[^1].Answer;
        }

        var acknowledged = new List<(int, string)>();
        foreach (var (answer, text) in answers)
        {
            if (await answer is AppendAnswer.Accepted accepted) acknowledged.Add(((int)accepted.Index, text));
            else (await answer).ShouldBeRefused(RecordFaults.IdReused);
        }

        return acknowledged;
    }

    /// <summary>From the fifth entry on only one key counts, whoever signed.</summary>
    private sealed class KeyByPlaceDomain : ToyDomainDecorator
    {
        public static SigningKey Later { get; } = ToyDomain.Key("ann.example", number: 2);

        public override Checked<VerifierKey> KeyOf(ToyState state, ToyReading reading, in NoteSignature signature) =>
            state.Size >= 4 ? Later.Verifier : base.KeyOf(state, reading, signature);
    }
}
