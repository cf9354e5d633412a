using System.Collections.Immutable;
using CsCheck;
using Shouldly;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Flights.Deciding;
using Tansiq.Coordination.Statements;
using Xunit;

namespace Tansiq.Coordination.Tests.Situations;

/// <summary>Situations share their past and each of them still is what its own statements make it (docs/adr/0010).</summary>
[Trait("Requirement", "FLT-3")]
public sealed class LineageTests
{
    [Fact]
    public void Append_TwoToOneParent_EachKnowsOnlyItsOwn() => Gen.Select(RandomRecord.Sayings, RandomRecord.Sayings, Gen.Int[0, 40]).Sample(
        (said, other, parting) =>
        {
            var first = RandomRecord.Of(said);
            var statements = first.List.Entries.Select(entry => entry.Statement).ToList();
            var parent = (int)Math.Min(RandomRecord.Begin().Size + parting, first.Size);
            var second = RandomRecord.Begin();
            UseUpNames(second);
            foreach (var saying in other) RandomRecord.Say(second, saying);
            var others = second.List.Entries.Skip(parent).Select(entry => entry.Statement).ToList();
            var grown = others.Aggregate(first.List.At(parent), (situation, statement) => situation.Append(statement).Situation);
            SituationText.Of(grown).ShouldBe(SituationText.Of(Anew([.. statements.Take(parent), .. others])));
            SituationText.Of(first.Latest).ShouldBe(SituationText.Of(Anew(statements)));
            SituationText.Of(first.List.At(parent)).ShouldBe(SituationText.Of(Anew(statements.Take(parent))));
        },
        iter: 40);

    [Fact]
    public void At_AnySize_IsWhatTheRecordUpToThereGivesAnew() => RandomRecord.Sayings.Sample(
        sayings =>
        {
            var record = RandomRecord.Of(sayings);
            var statements = record.List.Entries.Select(entry => entry.Statement).ToList();
            var rebuilt = Situation.Empty;
            for (var size = 0; size < statements.Count; size++)
            {
                SituationText.Of(record.List.At(size)).ShouldBe(SituationText.Of(rebuilt));
                rebuilt = rebuilt.Append(statements[size]).Situation;
            }
        },
        iter: 15);

    [Fact]
    public void Append_InertAndThenAnotherToTheParent_TheInertOneDoesNotKnowTheOther()
    {
        var record = TestRecord.With(Draft.Separation("4.1"), Draft.Protection("5.1", TenKilometres));
        var asked = record.File(Draft.Flight(Draft.On(5, 5)));
        var parent = record.Latest;
        var inert = parent.Append(record.Statement(Theatre.Stranger, new UnknownBody("unheard-of"))).Situation;
        record.File(Draft.FlightOfRu(Draft.On(5, 5)));
        record.Tell(Theatre.Observer, new SiteNotification(Draft.Hospital("h", 37.1, 38.1)));
        record.VerdictOn(asked).Codes().ShouldBe(["protection.too-near", "separation.later-flight"]);
        inert.Size.ShouldBe(parent.Size + 1);
        TestRecord.VerdictOn(inert, asked, null).Reasons.ShouldBeEmpty();
        TestRecord.VerdictOn(parent, asked, null).Reasons.ShouldBeEmpty();
    }

    [Fact]
    public async Task Append_TwoThreadsFromOneParent_EachGrowsItsOwn()
    {
        for (var round = 0; round < 100; round++)
        {
            var record = TestRecord.With(Draft.Separation("4.1"));
            record.File(Draft.Flight(Draft.On(0, 0)));
            var parent = record.Latest;
            var rows = Enumerable.Range(0, 2).Select(line => Enumerable.Range(0, 5)
                .Select(column => record.Statement(line == 0 ? Theatre.Us : Theatre.Ru, Flight(line, column))).ToArray()).ToArray();
            var grown = await Task.WhenAll(rows.Select(row => Task.Run(() =>
                row.Aggregate(parent, (situation, statement) => situation.Append(statement).Situation))));
            for (var line = 0; line < 2; line++)
            {
                grown[line].Notices.Values.Skip(1).Select(notice => notice.Reference.Hash).ShouldBe(rows[line].Select(statement => statement.Hash));
                rows[line].ShouldAllBe(statement => grown[line].FindNotice(statement.Hash) != null);
                rows[1 - line].ShouldAllBe(statement => grown[line].FindNotice(statement.Hash) == null);
            }

            parent.Notices.Count.ShouldBe(1);
        }
    }

    [Fact]
    public async Task Readers_WhileTheRecordGrows_SeeTheirOwnSizeAlone()
    {
        var record = TestRecord.With(Draft.Separation("4.1"));
        var asked = record.File(Draft.Flight(Draft.On(0, 0)));
        for (var column = 0; column < 20; column++) record.File(Flight(1, column % 3));
        var situation = record.Latest;
        var told = SituationText.Of(situation);
        using var done = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
        {
            var read = 0;
            for (; read == 0 || !done.IsCancellationRequested; read++) SituationText.Of(situation).ShouldBe(told);
            return read;
        })).ToArray();
        for (var number = 0; number < 1_000; number++)
        {
            var filed = record.File(Flight(number % 2, number % 5));
            if (number % 3 == 0) record.Tell(number % 2 == 0 ? Theatre.Ru : Theatre.Us, new Consent(filed));
            if (number % 7 == 0) record.Say(Theatre.Ru, new Objection(asked));
        }

        await done.CancelAsync();
        (await Task.WhenAll(readers)).ShouldAllBe(read => read > 0);
    }

    private static readonly Threshold TenKilometres = Threshold.Of(10_000);

    private static Notice Flight(int line, int column) =>
        line == 0 ? Draft.Flight(Draft.On(column, 0)) : Draft.FlightOfRu(Draft.On(column, 0));

    /// <summary>Lets everybody on one record give names that nobody gives on another.</summary>
    private static void UseUpNames(TestRecord record)
    {
        foreach (var author in new[] { Theatre.Us, Theatre.Ru, Theatre.Office, Theatre.Observer, Theatre.Stranger })
        {
            for (var name = 0; name < 100; name++) _ = record.Statement(author, new UnknownBody("unsaid"));
        }
    }

    private static Situation Anew(IEnumerable<Statement> statements) =>
        statements.Aggregate(Situation.Empty, (situation, statement) => situation.Append(statement).Situation);
}
