using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NodaTime;
using Tansiq.Coordination;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;
using Tansiq.Geo;
using Tansiq.Geo.Outlines;
using Tansiq.Record.Entries;
using Tansiq.Record.Notes;

namespace Tansiq.Figures.Records;

/// <summary>
/// A made-up record, the same for one seed on every machine: two parties file flights, answer each other's, make sites
/// known. 70 % notices of one volume with eight corners, 25 % consents, objections and withdrawals of recent notices, 5 % sites.
/// </summary>
/// <remarks>Its keys come from published seeds: a record of it proves nothing.</remarks>
public sealed class RecordWorkload : IDisposable
{
    /// <summary>The seed of the published figures.</summary>
    public const int PublishedSeed = 20_160_717;

    /// <summary>The origin of its log.</summary>
    public const string Origin = "office.example/bench";

    private const int RecentNotices = 1_000;
    private static readonly Id<Party> Us = new("us");
    private static readonly Id<Party> Ru = new("ru");
    private static readonly Id<Party> Office = new("office");

    private readonly Random _random;
    private readonly Dictionary<Id<Party>, SigningKey> _statementKeys;
    private readonly List<(Id<Party> Filer, ContentHash Hash)> _notices = [];
    private int _said;

    /// <summary>Begins a record.</summary>
    /// <param name="seed">The seed of what is said.</param>
    public RecordWorkload(int seed = PublishedSeed)
    {
        _random = new(seed);
        _statementKeys = new[] { Office, Us, Ru }.ToDictionary(party => party, party => Key($"{party}.example", SignatureType.Ed25519));
        LogKey = Key(Origin, SignatureType.Ed25519);
        FoundingText = Encoding.UTF8.GetBytes(FoundingJson());
    }

    /// <summary>When its record begins; the office's clock runs from there.</summary>
    public static Instant Start { get; } = Instant.FromUtc(2016, 7, 20, 0, 0);

    /// <summary>How many notices an answer goes back at least: more than are under way at a time, where many say things at once.</summary>
    public int LeastBack { get; init; }

    /// <summary>The log's key.</summary>
    public SigningKey LogKey { get; }

    /// <summary>The office's own key.</summary>
    public SigningKey OfficeKey => _statementKeys[Office];

    /// <summary>The founding that its record begins with.</summary>
    public Founding Founded => FoundingReader.Read(FoundingText).Value;

    /// <summary>The key by which a party says things.</summary>
    public SigningKey StatementKey(Id<Party> party) => _statementKeys[party];

    /// <summary>The key by which a signatory cosigns; the caller's to dispose.</summary>
    public static SigningKey WitnessKey(Id<Party> party) => Key($"{party}.example/witness", SignatureType.Cosignature);

    /// <summary>What entries name by hash: the founding, the agreement, its areas.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Attachments => [FoundingText, AgreementText, AreasText];

    private byte[] FoundingText { get; }

    private static byte[] AgreementText { get; } = Encoding.UTF8.GetBytes("""
        {"format":"tansiq-agreement/1","id":"bench","version":1,"title":{"en":"Bench"},"chapters":[{"id":"1","title":{"en":"One"}}],
        "areaClasses":[{"id":"presence","name":{"en":"Presence"}}],"clauses":[
        {"id":"1.1","chapter":"1","kind":"prior-notice","mode":"agree","publication":"parties","text":{"en":"Prior notice"},"appliesTo":{},"periods":[{"hours":24}]},
        {"id":"1.2","chapter":"1","kind":"separation","mode":"agree","publication":"parties","text":{"en":"Separation"},"appliesTo":{},"between":"different-parties","lateralMetres":10000,"verticalMetres":600,"timeSeconds":600},
        {"id":"1.3","chapter":"1","kind":"duration","mode":"agree","publication":"parties","text":{"en":"Duration"},"start":{"instant":"2016-07-20T00:00:00Z"},"end":{"days":90}}]}
        """);

    private static byte[] AreasText { get; } = Encoding.UTF8.GetBytes("""
        {"type":"FeatureCollection","features":[{"type":"Feature","id":"a1","geometry":{"type":"Polygon","coordinates":[[[36,34],[37,34],[37,35],[36,35],[36,34]]]},"properties":{"name":{"en":"Area"},"class":"presence"}}]}
        """);

    /// <summary>The first entry.</summary>
    public ReadOnlyMemory<byte> Founding() => Sign(Office, Encoding.UTF8.GetBytes(
        $$$"""{"type":"record.founding","id":"founding","party":"office","made":"2016-07-20T00:00:00Z","body":{"founding":"{{{AttachmentHash.Of(FoundingText)}}}"}}""" + "\n"));

    /// <summary>The entries that follow it: an agreement, proposed and signed by both.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Agreement()
    {
        var proposal = Encoding.UTF8.GetBytes(
            $$$"""{"type":"agreements.proposal","id":"proposal","party":"us","made":"2016-07-20T00:00:00Z","body":{"agreement":"{{{AttachmentHash.Of(AgreementText)}}}","areas":"{{{AttachmentHash.Of(AreasText)}}}"}}""" + "\n");
        var signature = new AgreementSignature(ContentHash.Of(proposal));
        return [Sign(Us, proposal), .. new[] { Us, Ru }.Select(party => Sign(party, Text(party, signature).Text.Span))];
    }

    /// <summary>The key that signed an entry of this workload.</summary>
    public VerifierKey KeyOf(SignedEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        foreach (var key in _statementKeys.Values)
        {
            if (key.Verifier.IsNamedBy(entry.Signature)) return key.Verifier;
        }

        throw new ArgumentException("Not an entry of this workload.", nameof(entry));
    }

    /// <summary>The next entries, signed.</summary>
    public List<ReadOnlyMemory<byte>> Next(int count)
    {
        var texts = new (Id<Party> Party, ReadOnlyMemory<byte> Text)[count];
        for (var number = 0; number < count; number++) texts[number] = Say();
        var entries = new ReadOnlyMemory<byte>[count];
        Parallel.For(0, count, number => entries[number] = Sign(texts[number].Party, texts[number].Text.Span));
        return [.. entries];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        LogKey.Dispose();
        foreach (var key in _statementKeys.Values) key.Dispose();
    }

    private static SigningKey Key(string name, SignatureType type) => SigningKey.FromSeed(name, type, Seed(name, type)).Value;

    private static byte[] Seed(string name, SignatureType type) => SHA256.HashData(Encoding.UTF8.GetBytes($"bench {name} {type}"));

    private ReadOnlyMemory<byte> Sign(Id<Party> party, ReadOnlySpan<byte> text) => SignedNote.Of(text, _statementKeys[party].Sign(text)).Bytes;

    private (Id<Party> Party, ReadOnlyMemory<byte> Text) Say()
    {
        var kind = _random.Next(100);
        if (kind < 70 || _notices.Count <= LeastBack) return File();
        if (kind < 95) return Answer();
        return Text(Us, new SiteNotification(NextSite()));
    }

    private (Id<Party> Party, ReadOnlyMemory<byte> Text) File()
    {
        var filer = _random.Next(2) == 0 ? Us : Ru;
        var said = Text(filer, NextNotice(filer));
        _notices.Add((filer, ContentHash.Of(said.Text.Span)));
        return said;
    }

    private (Id<Party> Party, ReadOnlyMemory<byte> Text) Answer()
    {
        var number = _notices.Count - 1 - LeastBack - _random.Next(Math.Min(_notices.Count - LeastBack, RecentNotices));
        var (filer, hash) = _notices[number];
        var other = filer == Us ? Ru : Us;
        switch (_random.Next(10))
        {
            case < 6:
                return Text(other, new Consent(hash));
            case < 9:
                return Text(other, new Objection(hash));
            default:
                _notices.RemoveAt(number);
                return Text(filer, new Withdrawal(hash));
        }
    }

    private (Id<Party> Party, ReadOnlyMemory<byte> Text) Text(Id<Party> party, StatementBody body)
    {
        var id = new Id<Statement>(string.Create(CultureInfo.InvariantCulture, $"s{++_said}"));
        return (party, StatementWriter.Write(id, party, Start, body).Value);
    }

    private Notice NextNotice(Id<Party> filer)
    {
        var from = Start + Duration.FromHours(48) + Duration.FromMinutes(_random.Next(28 * 24 * 60));
        var floor = _random.Next(2, 10) * 1_000;
        var heights = HeightBand.Create(Height.FromMetres(floor, HeightReference.SeaLevel), Height.FromMetres(floor + 1_500, HeightReference.SeaLevel))!.Value;
        return new()
        {
            Actor = new($"{filer}-air"), Class = FlightClass.FixedWing, Purpose = new("transport"), Contact = OfficerRole.Watch, Claims = [], AnswerBy = null,
            Volumes = [new(NextOutline(), heights, new(from, from + Duration.FromMinutes(25)))],
        };
    }

    private Site NextSite() => new()
    {
        Id = new(string.Create(CultureInfo.InvariantCulture, $"site-{_said}")), Name = Words("Hospital"), Category = SiteCategory.Hospital, Point = NextPlace(),
        Outlines = [], UncertaintyMetres = _random.Next(2_000), Verification = Verification.Verified, Validity = new(null, null),
    };

    private GeoPoint NextPlace() => GeoPoint.FromDegrees(32 + 5.4 * _random.NextDouble(), 35 + 7.6 * _random.NextDouble());

    private Outline NextOutline()
    {
        var centre = NextPlace();
        var degrees = 0.05 + 0.1 * _random.NextDouble();
        return Outline.Create(
            [.. Enumerable.Range(0, 8).Select(corner =>
            {
                var (sine, cosine) = Math.SinCos(Math.Tau * corner / 8);
                return GeoPoint.FromDegrees(centre.LatitudeE7 / 1e7 + degrees * sine, centre.LongitudeE7 / 1e7 + degrees * cosine);
            })],
            []).Value;
    }

    private static Words Words(string english) => new(ImmutableSortedDictionary<string, string>.Empty.Add("en", english));

    private string FoundingJson() => $$$"""
        {"format":"tansiq-scenario/1","id":"bench","kind":"exercise","title":{"en":"Bench"},"languages":["en"],"zone":"Asia/Damascus",
        "office":{"id":"office","name":{"en":"Office"}},
        "parties":[{"id":"us","name":{"en":"US"},"centre":{"en":"Centre"}},{"id":"ru","name":{"en":"RU"},"centre":{"en":"Centre"}}],
        "actors":[{"id":"us-air","name":{"en":"US air"},"kind":"air","party":"us"},{"id":"ru-air","name":{"en":"RU air"},"kind":"air","party":"ru"}],
        "purposes":[{"id":"transport","category":"non-combat","name":{"en":"Transport"}}],
        "heights":{"geoidMetres":[14,28],"groundMetres":[-220,2814],"pressureSurfaceMetres":[-220,220],"layerStretchPerMille":[-60,110]},
        "operationFloorRadiusMetres":5000,
        "keys":{"log":"{{{LogKey.Verifier}}}","parties":[{{{string.Join(',', _statementKeys.Keys.Select(KeysJson))}}}]}}
        """;

    private string KeysJson(Id<Party> party)
    {
        using var recovery = Key($"{party}.example/recovery", SignatureType.Ed25519);
        using var witness = WitnessKey(party);
        var witnessed = party == Office ? "" : $"\"witness\":\"{witness.Verifier}\",";
        return $"{{\"party\":\"{party}\",\"statement\":\"{_statementKeys[party].Verifier}\",{witnessed}\"recovery\":\"{recovery.Verifier}\"}}";
    }
}

/// <summary>The office's clock in a workload: it began with the workload's record and runs as fast as the machine's.</summary>
public sealed class WorkloadClock : IClock
{
    private readonly long _start = System.Diagnostics.Stopwatch.GetTimestamp();

    /// <inheritdoc/>
    public Instant GetCurrentInstant() => RecordWorkload.Start + Duration.FromTimeSpan(System.Diagnostics.Stopwatch.GetElapsedTime(_start));
}
