using Tansiq.Coordination;
using Tansiq.Coordination.Languages;
using Tansiq.Geo;
using Tansiq.Geo.Grids;

namespace Tansiq.Server.Api.Answers;

/// <summary>What the record says as people read it, in every language, with the names that the record itself gives. Immutable and thread-safe.</summary>
internal sealed class RecordWords
{
    private static RecordWords? _last;

    private readonly Situation _situation;

    private RecordWords(Situation situation)
    {
        _situation = situation;
        var names = situation.Founding is { } founding
            ? RecordNames.Of(founding, situation.Agreements.Select(each => each.Agreement), situation.Sites.Values.Select(each => each.Site), situation.ControlMaps.Select(each => each.Map)) with
            {
                GridReference = GridReference,
            }
            : RecordNames.None;
        var phrases = Phrasebook.Languages.Select(language => (language, Phrasebook.For(language).Value)).ToList();
        Sentences = [.. phrases.Select(each => (each.language, new SentenceWriter(each.Value, names)))];
        Statements = [.. phrases.Select(each => (each.language, new StatementText(each.Value, new(each.Value, names))))];
    }

    /// <summary>The reasons of verdicts, by language.</summary>
    public IReadOnlyList<(string Language, SentenceWriter Writer)> Sentences { get; }

    /// <summary>Statements, by language.</summary>
    public IReadOnlyList<(string Language, StatementText Text)> Statements { get; }

    /// <summary>The words of a situation; those of the last one are kept as long as no name is new.</summary>
    public static RecordWords Of(Situation situation)
    {
        if (Volatile.Read(ref _last) is { } last && HasTheNamesOf(last._situation, situation)) return last;
        var words = new RecordWords(situation);
        Volatile.Write(ref _last, words);
        return words;
    }

    private static bool HasTheNamesOf(Situation kept, Situation asked) =>
        ReferenceEquals(kept.Founding, asked.Founding)
        && ReferenceEquals(kept.Agreements, asked.Agreements)
        && ReferenceEquals(kept.ControlMaps, asked.ControlMaps)
        && kept.Sites.Count == asked.Sites.Count;

    /// <summary>A place as the square of 10 m that holds it; empty where MGRS does not reach.</summary>
    private static string GridReference(GeoPoint place) => Mgrs.FromPoint(place, digits: 4).TryGet(out var square, out _) ? square.ToString() : "";
}
