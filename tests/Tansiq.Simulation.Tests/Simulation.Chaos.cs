using NodaTime;
using Tansiq.Record.Federation;
using Tansiq.Record.Notes;
using Tansiq.Storage.Tests;

namespace Tansiq.Simulation.Tests;

/// <content>What happens to the nodes: statements, crashes, partitions, the beginning of a lie, healing.</content>
internal sealed partial class Simulation
{
    private static readonly Duration LieBegins = Duration.FromSeconds(25);

    private void ScheduleChaos(Instant start)
    {
        (Network.Loss, Network.Repetition, Network.Lateness) = (_random.Chance(60) ? _random.Below(25) : 0, _random.Chance(50) ? _random.Below(20) : 0, _random.Chance(50) ? _random.Below(15) : 0);
        var statements = _random.Between(4, 8);
        for (var number = 0; number < statements; number++) ScheduleStatement(start + Sometime(ChaosTime), _random.Below(_centreCount));
        var crashes = Lie == Lie.None ? _random.Below(5) : _random.Below(2);
        for (var number = 0; number < crashes; number++) ScheduleCrash(start + Sometime(ChaosTime));
        var partitions = _random.Below(4);
        for (var number = 0; number < partitions; number++) SchedulePartition(start + Sometime(ChaosTime));
        if (Lie != Lie.None) ScheduleLie(start);
    }

    private Duration Sometime(Duration within) => Duration.FromMilliseconds(_random.Below((int)within.TotalMilliseconds));

    private void ScheduleStatement(Instant when, int centre)
    {
        var burst = _random.Chance(20) ? _random.Between(2, 3) : 1;
        Network.At(when, () =>
        {
            for (var number = 0; number < burst; number++) Say(Centres[centre]);
        });
    }

    private void Say(SimulatedCentre centre)
    {
        var number = _said++;
        centre.Say(ToyDomain.Entry(Authors[CentreNames.IndexOf(centre.Name)], $"s{number}", number % 10 == 9 ? "unheard-of" : "say something"));
    }

    private void ScheduleCrash(Instant when)
    {
        var isOffice = _random.Chance(50);
        var centre = _random.Below(_centreCount);
        var kind = _random.Below(3);
        var pause = Pause();
        Network.At(when, () =>
        {
            if (kind > 0 && isOffice) OfficeNode.CrashAtNextCommit((CommitCrash)kind);
            else if (kind > 0) Centres[centre].CrashAtNextCommit((CommitCrash)kind);
            else if (isOffice) OfficeNode.Crash(pause);
            else Centres[centre].Crash(pause);
        });
    }

    private void SchedulePartition(Instant when)
    {
        var one = _random.Below(_centreCount + 1);
        var isWhole = _random.Chance(40);
        var other = _random.Below(_centreCount + 1);
        var length = Duration.FromMilliseconds(_random.Between(2_000, 45_000));
        List<(NodeName, NodeName)> cuts = [.. Enumerable.Range(0, _centreCount + 1).Where(each => each != one && (isWhole || each == other)).Select(each => (Node(one), Node(each)))];
        Network.At(when, () => cuts.ForEach(cut => Network.Cut(cut.Item1, cut.Item2)));
        Network.At(when + length, () => cuts.ForEach(cut => Network.Join(cut.Item1, cut.Item2)));
    }

    private NodeName Node(int number) => number == _centreCount ? Office : CentreNames[number];

    private void ScheduleLie(Instant start)
    {
        var begins = start + LieBegins;
        if (Lie == Lie.OfficeRollsBack) ScheduleBackUp(begins);
        if (Lie == Lie.CentreClockWrong) Network.At(begins, () => Centre(Liar).Clock.Skew = Duration.FromSeconds(_random.Chance(50) ? 60 : -60));
        else if (Lie == Lie.CentreShowsFalselyUnanswered) ScheduleFalselyUnanswered(start + ChaosTime + Duration.FromSeconds(20));
        else Network.At(begins, OfficeNode.BeginToLie);
        if (Lie == Lie.OfficeForksWithCentre) Network.At(begins, CosignBoth);
        // A lie about nothing is none: everybody says something after it began, the victim several at once.
        for (var number = 0; number < _centreCount; number++)
        {
            var centre = number;
            Network.At(begins + Duration.FromSeconds(2 + number), () => Say(Centres[centre]));
            Network.At(start + ChaosTime + Duration.FromSeconds(5 + number), () =>
            {
                for (var burst = 0; burst < 3; burst++) Say(Centres[centre]);
            });
        }
    }

    // What is taken back has to have been seen by somebody.
    private void ScheduleBackUp(Instant begins)
    {
        Network.At(begins - Duration.FromSeconds(12), OfficeNode.BackUp);
        for (var second = 11; second > 2; second -= 4)
        {
            Network.At(begins - Duration.FromSeconds(second), () => Say(Centres[0]));
            Network.At(begins - Duration.FromSeconds(second), () => Say(Centres[1]));
        }
    }

    private void ScheduleFalselyUnanswered(Instant when) => Network.At(when, () =>
    {
        var liar = Centre(Liar);
        List<byte[]> entries = [.. liar.Acknowledged.Where(entry => liar.Forgotten.Contains(entry.Leaf)).Select(entry => entry.Entry)];
        Lied(entries.Count > 0);
        foreach (var other in CentreNames.Remove(Liar)) liar.ShowUnanswered(other, liar.State.Size, entries);
    });

    // A centre that plays along with a forked office gives each side its cosignature on what that side is shown.
    private void CosignBoth()
    {
        foreach (var centre in CentreNames.Remove(Liar))
        {
            if (OfficeNode.LogFor(centre) is not { Shown: { } shown } log) continue;
            var text = shown.Note.Text;
            var cosigned = SignedNote.Of(text.Span, [shown.Note.Signatures[0], CosigningKey(CentreNames.IndexOf(Liar)).Cosign(text.Span, Network.Now)]).Bytes;
            log.TakeHead(cosigned);
            Network.Send(Liar, centre, () => Centre(centre).TakeHead(Liar, [cosigned], null));
        }

        Network.After(Duration.FromSeconds(3), CosignBoth);
    }

    private void Heal()
    {
        Network.Heal();
        OfficeNode.CrashAtNextCommit(CommitCrash.None);
        foreach (var centre in Centres) centre.CrashAtNextCommit(CommitCrash.None);
        Trace("healed");
    }
}
