using NodaTime;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;
using Tansiq.Geo;

namespace Tansiq.Coordination.Languages;

/// <summary>Says each reason of a verdict as a sentence of one language (FLT-2). Pure; immutable and thread-safe.</summary>
public sealed class SentenceWriter
{
    private const string PossibleSuffix = ".possible";
    private const string AfterStartSuffix = ".after-start";

    private readonly Phrasebook _phrases;
    private readonly RecordNames _record;

    /// <summary>Writes in a language with the names of a record.</summary>
    /// <param name="phrases">The language.</param>
    /// <param name="names">The names of the record.</param>
    public SentenceWriter(Phrasebook phrases, RecordNames names)
    {
        ArgumentNullException.ThrowIfNull(phrases);
        ArgumentNullException.ThrowIfNull(names);
        _phrases = phrases;
        _record = names;
        Names = new(phrases, names);
    }

    /// <summary>Names, and through them numbers, times and places, in the same language.</summary>
    public NameText Names { get; }

    /// <summary>
    /// The reason in one or a few sentences. A part for which the reason has no value is left out; a code that this version
    /// does not know is named as such. Where the geometry is only possible, or the clause only asks to be told and so holds
    /// nothing back, that is said too.
    /// </summary>
    public string Sentence(Reason reason)
    {
        ArgumentNullException.ThrowIfNull(reason);
        var key = Key(reason);
        var sentence = _phrases.Fill(key, Facts(reason));
        if (reason.Certainty == Certainty.Possible && !SaysPossible(key)) sentence += " " + _phrases.Text("reason-addition.possible");
        if (reason.Effect == ReasonEffect.DoesNotObject && IsNotifyOnly(reason)) sentence += " " + _phrases.Text("reason-addition.notify-only");
        return sentence;
    }

    /// <summary>The key of a reason's plainest sentence.</summary>
    public static string KeyOf(string code) => "reason." + code;

    private string Key(Reason reason)
    {
        var plain = KeyOf(reason.Code);
        if (!_phrases.Has(plain)) return "reason-addition.unknown";
        if (reason.Certainty == Certainty.Possible && _phrases.Has(plain + PossibleSuffix)) return plain + PossibleSuffix;
        var isLate = Number(reason, ReasonNumbers.NoticeMinutes) < 0;
        return isLate && _phrases.Has(plain + AfterStartSuffix) ? plain + AfterStartSuffix : plain;
    }

    private static bool SaysPossible(string key) =>
        key.EndsWith(PossibleSuffix, StringComparison.Ordinal) || string.Equals(key, KeyOf("stand-down.possibly-in-area"), StringComparison.Ordinal);

    /// <summary>A conflict that asks nobody's word is one with a flight of the filer itself (docs/formats/verdicts.md).</summary>
    private bool IsNotifyOnly(Reason reason) =>
        reason is { Agreement: { } agreement, Clause: { } clause }
        && _record.Clauses.TryGetValue((agreement, clause), out var name)
        && name.Mode == ClauseMode.Notify;

    private Dictionary<string, string> Facts(Reason reason)
    {
        var facts = new Dictionary<string, string>(StringComparer.Ordinal) { ["code"] = Names.Values.Identifier(reason.Code) };
        AddNamed(facts, reason);
        AddMoments(facts, reason);
        AddDistances(facts, reason);
        AddPeriods(facts, reason);
        return facts;
    }

    private void AddNamed(Dictionary<string, string> facts, Reason reason)
    {
        var agreement = reason.Agreement ?? Id<Agreement>.None;
        if (reason.Agreement is not null) facts.Add("agreement", Names.Agreement(agreement));
        if (reason.Clause is { } clause) facts.Add("clause", Names.Clause(agreement, clause));
        if (reason.Exemption is { } exemption)
            facts.Add("exemption", Names.Values.Identifier(reason.Clause is { } of ? new ExemptionReference(of, exemption).ToString() : exemption.Value));
        if (reason.Area is { } area) facts.Add("area", Names.Area(agreement, area));
        if (reason.Site is { } site) facts.Add("site", Names.Site(site));
        if (reason.Map is { } map) facts.Add("map", Names.Map(map));
        if (reason.Flight is { } flight) facts.Add("flight", Names.Flight(flight));
        if (!reason.Parties.IsEmpty) facts.Add("parties", Names.Parties(reason.Parties));
    }

    private void AddMoments(Dictionary<string, string> facts, Reason reason)
    {
        if (reason.Volume is { } volume) facts.Add("volume", Names.Values.Count(volume + 1L));
        if (reason.From is { } from && from != Instant.MinValue) facts.Add("from", Names.Values.Time(from));
        if (reason.Until is { } until && until != Instant.MaxValue) facts.Add("until", Names.Values.Time(until));
        if (reason.Place is { } place) facts.Add("place", Names.Place(place));
        AddMoment(facts, "answerBy", Number(reason, ReasonNumbers.AnswerByUnixSeconds));
        AddMoment(facts, "offeredStart", Number(reason, ReasonNumbers.OfferedStartUnixSeconds));
    }

    private void AddMoment(Dictionary<string, string> facts, string fact, long? unixSeconds)
    {
        if (unixSeconds is { } seconds) facts.Add(fact, Names.Values.Time(Instant.FromUnixTimeSeconds(seconds)));
    }

    private void AddDistances(Dictionary<string, string> facts, Reason reason)
    {
        var agreed = Number(reason, ReasonNumbers.AgreedDistanceMetres);
        if (agreed is { } lateral) facts.Add("agreedDistance", Names.Values.Distance(lateral));
        if (Number(reason, ReasonNumbers.DistanceLowerMetres) is { } lower && Number(reason, ReasonNumbers.DistanceUpperMetres) is { } upper)
            facts.Add("distance", Names.Values.Distance(lower, upper, agreed));
        if (Number(reason, ReasonNumbers.AgreedVerticalMetres) is { } vertical) facts.Add("agreedVerticalDistance", Names.Values.Metres(vertical, vertical));
        if (Number(reason, ReasonNumbers.VerticalLowerMetres) is { } low && Number(reason, ReasonNumbers.VerticalUpperMetres) is { } high)
            facts.Add("verticalDistance", Names.Values.Metres(low, high));
    }

    private void AddPeriods(Dictionary<string, string> facts, Reason reason)
    {
        foreach (var (fact, number) in Periods)
        {
            if (Number(reason, number) is { } minutes) facts.Add(fact, Names.Values.Period(minutes));
        }
    }

    private static readonly (string Fact, string Number)[] Periods =
    [
        ("notice", ReasonNumbers.NoticeMinutes),
        ("agreedNotice", ReasonNumbers.AgreedNoticeMinutes),
        ("mapAge", ReasonNumbers.MapAgeMinutes),
        ("agreedMapAge", ReasonNumbers.AgreedMapAgeMinutes),
        ("timeGap", ReasonNumbers.TimeGapMinutes),
        ("agreedTime", ReasonNumbers.AgreedTimeMinutes),
    ];

    private static long? Number(Reason reason, string name)
    {
        foreach (var number in reason.Numbers)
        {
            if (string.Equals(number.Name, name, StringComparison.Ordinal)) return number.Value;
        }

        return null;
    }
}
