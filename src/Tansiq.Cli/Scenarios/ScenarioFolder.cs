using System.Collections.Immutable;
using Tansiq.Cli.Exercise;
using Tansiq.Coordination;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Monitoring;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;
using Tansiq.Geo.Text;

namespace Tansiq.Cli.Scenarios;

/// <summary>Reads a scenario from its folder (docs/formats/scenario.md).</summary>
internal sealed class ScenarioFolder
{
    /// <summary>The most notices of one scenario.</summary>
    public const int MaximumNotices = 10_000;

    /// <summary>The most control maps of one scenario.</summary>
    public const int MaximumControlMaps = 1_000;

    private static readonly string[] TopFiles =
        ["scenario.json", "agreement.json", "areas.geojson", "sites.geojson", "timeline.json", "expected.json", "declared.json", "attribution.json", "traffic.json"];

    private readonly string _directory;
    private readonly Dictionary<ContentHash, ReadOnlyMemory<byte>> _attachments = [];
    private readonly Dictionary<Id<ControlMap>, ContentHash> _mapHashes = [];

    // The first refusal, with the name of its file; all that is read after it counts for nothing.
    private Refusal? _refusal;

    private ScenarioFolder(string directory) => _directory = directory;

    /// <summary>Reads the whole folder.</summary>
    /// <param name="directory">Its path.</param>
    /// <returns>
    /// The scenario; or the first refusal, whose place is the file's name in the folder and the JSON pointer, as
    /// <c>agreement.json /clauses/3/appliesTo/actors/0</c>.
    /// </returns>
    public static Parsed<Scenario> Load(string directory) => Load(directory, isWhole: true);

    /// <summary>Reads what stands on the record, and leaves out the expected verdicts and the plan of exercise traffic.</summary>
    /// <param name="directory">The folder's path.</param>
    /// <returns>As <see cref="Load(string)"/>; those two are empty.</returns>
    public static Parsed<Scenario> LoadRecord(string directory) => Load(directory, isWhole: false);

    private static Parsed<Scenario> Load(string directory, bool isWhole)
    {
        if (!Directory.Exists(directory)) return new Refusal("scenario.not-a-folder", "", "no folder", "a folder with scenario.json");
        var folder = new ScenarioFolder(directory);
        try
        {
            return folder.Read(isWhole) is { } scenario && folder._refusal is null ? scenario : folder._refusal!;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new Refusal("scenario.unreadable", "", JsonText.Shorten(exception.Message), "a folder that can be read");
        }
    }

    /// <summary>Reads one notice from wherever it is.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="scenario">The scenario whose names it uses.</param>
    /// <returns>The notice; or a refusal, whose place is the JSON pointer in the file.</returns>
    public static Parsed<DraftNotice> LoadNotice(string path, Scenario scenario) =>
        ScenarioFile.Read(new(path)).TryGet(out var bytes, out var refusal)
            ? NoticeReader.Read(bytes, scenario.Founding, scenario.Agreement)
            : refusal;

    private Scenario? Read(bool isWhole)
    {
        RefuseUnknownFiles();
        var foundingBytes = Bytes("scenario.json");
        if (Take("scenario.json", foundingBytes, FoundingReader.Read) is not { } founding) return null;
        var foundingHash = Attach(foundingBytes);
        var (agreementBytes, areasBytes) = (Bytes("agreement.json"), Bytes("areas.geojson"));
        if (Take("agreement.json", agreementBytes, bytes => AgreementReader.Read(bytes, founding)) is not { } agreement) return null;

        // Outlines take longest to read, and nothing but the timeline needs the areas: they are read beside the rest.
        var areas = Task.Run(() => DesignatedAreasReader.Read(areasBytes, agreement, founding));
        var maps = ReadMaps(founding);
        var sites = ReadSites(founding);
        var notices = ReadNotices(founding, agreement);
        if (TakeAreas(areas.GetAwaiter().GetResult()) is not { } designated) return null;
        agreement = agreement with { Areas = designated };
        var hashes = (Agreement: Attach(agreementBytes), Areas: Attach(areasBytes));
        var content = new ScenarioContent(founding, agreement, maps, sites, notices);
        var recorder = new TimelineRecorder(content, new(foundingHash, hashes.Agreement, hashes.Areas, _mapHashes), _attachments);
        if (Take("timeline.json", Bytes("timeline.json"), recorder.Read) is not { IsDefault: false } timeline) return null;
        var expectedReader = new ExpectedReader(content, timeline);
        var declared = ReadDeclared(notices);
        return new()
        {
            Founding = founding,
            Agreement = agreement,
            ControlMaps = maps,
            Sites = sites,
            Notices = notices,
            Timeline = timeline,
            Expected = isWhole && IsThere("expected.json") ? Take("expected.json", Bytes("expected.json"), expectedReader.Read) : [],
            Declared = declared,
            Attribution = ReadAttribution(founding),
            Traffic = isWhole ? ReadTraffic(founding, new(notices, declared)) : null,
            Attachments = _attachments,
            Recorded = recorder.Statements,
            RecordedTexts = recorder.Texts,
        };
    }

    /// <summary>The areas, or null where anything was refused; a refusal of theirs comes before those of what was read beside them.</summary>
    private ImmutableArray<DesignatedArea>? TakeAreas(Parsed<ImmutableArray<DesignatedArea>> parsed)
    {
        if (parsed.Refusal is not null) _refusal = null;
        var areas = Take("areas.geojson", default, _ => parsed);
        return _refusal is null ? areas : null;
    }

    private ImmutableSortedDictionary<Id<ControlMap>, ControlMap> ReadMaps(Founding founding)
    {
        var maps = ImmutableSortedDictionary.CreateBuilder<Id<ControlMap>, ControlMap>();
        foreach (var name in Names("control", "*.geojson", MaximumControlMaps))
        {
            var bytes = Bytes(name);
            if (Take(name, bytes, text => ControlMapReader.Read(text, founding)) is not { } map) break;
            if (!maps.TryAdd(map.Id, map)) RefuseDuplicate(name, map.Id.Value);
            _mapHashes[map.Id] = Attach(bytes);
        }

        return maps.ToImmutable();
    }

    private ImmutableSortedDictionary<Id<Site>, NotifiedSite> ReadSites(Founding founding)
    {
        const string name = "sites.geojson";
        var sites = IsThere(name) ? Take(name, Bytes(name), bytes => SiteReader.Read(bytes, founding)) : [];
        return (sites.IsDefault ? [] : sites).ToImmutableSortedDictionary(site => site.Site.Id, site => site);
    }

    private ImmutableSortedDictionary<Id<Statement>, DraftNotice> ReadNotices(Founding founding, Agreement agreement)
    {
        var notices = ImmutableSortedDictionary.CreateBuilder<Id<Statement>, DraftNotice>();
        foreach (var name in Names("notices", "*.json", MaximumNotices))
        {
            if (Take(name, Bytes(name), bytes => NoticeReader.Read(bytes, founding, agreement)) is not { } notice) break;
            if (!notices.TryAdd(notice.Id, notice)) RefuseDuplicate(name, notice.Id.Value);
        }

        return notices.ToImmutable();
    }

    private ImmutableDictionary<Id<Statement>, ImmutableSortedSet<string>> ReadDeclared(ImmutableSortedDictionary<Id<Statement>, DraftNotice> notices)
    {
        const string name = "declared.json";
        return (IsThere(name) ? Take(name, Bytes(name), bytes => DeclaredReader.Read(bytes, notices)) : null) ?? ImmutableDictionary<Id<Statement>, ImmutableSortedSet<string>>.Empty;
    }

    private AttributionRules ReadAttribution(Founding founding)
    {
        const string name = "attribution.json";
        return (IsThere(name) ? Take(name, Bytes(name), bytes => AttributionReader.Read(bytes, founding)) : null) ?? AttributionRules.None;
    }

    private TrafficPlan? ReadTraffic(Founding founding, NotifiedFlights flights)
    {
        const string name = "traffic.json";
        return IsThere(name) ? Take(name, Bytes(name), bytes => TrafficPlanReader.Read(bytes, founding.Kind, flights)) : null;
    }

    /// <summary>A misspelt name of a file that may be missing would silently change verdicts.</summary>
    private void RefuseUnknownFiles()
    {
        foreach (var name in Directory.EnumerateFiles(_directory).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal))
        {
            var extension = Path.GetExtension(name);
            if (extension is ".json" or ".geojson" && !TopFiles.Contains(name))
                _refusal ??= new("scenario.unknown-file", name, "a file of another name", "only " + string.Join(", ", TopFiles));
        }
    }

    private List<string> Names(string folder, string pattern, int maximumCount)
    {
        if (_refusal is not null || !IsThere(folder)) return [];
        var directory = new DirectoryInfo(Path.Combine(_directory, folder));
        if (!directory.Exists || directory.LinkTarget is not null)
        {
            _refusal = new("scenario.not-a-folder", folder, "a file or a link", "a folder");
            return [];
        }

        var names = directory.EnumerateFileSystemInfos(pattern).Select(file => $"{folder}/{file.Name}").Take(maximumCount + 1).ToList();
        if (names.Count > maximumCount) _refusal = new("scenario.too-many-files", folder, "more", $"at most {maximumCount} files");
        names.Sort(StringComparer.Ordinal);
        return names;
    }

    // A link that leads nowhere is there too: what it was meant to give must not be missing in silence.
    private bool IsThere(string name) =>
        new FileInfo(Path.Combine(_directory, name)) is var entry && (Path.Exists(entry.FullName) || entry.LinkTarget is not null);

    private ReadOnlyMemory<byte> Bytes(string name)
    {
        if (_refusal is not null) return default;
        if (ScenarioFile.ReadOwn(_directory, name).TryGet(out var bytes, out var refusal)) return bytes;
        _refusal = refusal.Under(name);
        return default;
    }

    private T? Take<T>(string name, ReadOnlyMemory<byte> bytes, Func<ReadOnlyMemory<byte>, Parsed<T>> read)
    {
        if (_refusal is not null) return default;
        if (read(bytes).TryGet(out var value, out var refusal)) return value;
        _refusal = refusal.Where.Length == 0 ? refusal.Under(name) : refusal.Under(name + " ");
        return default;
    }

    private ContentHash Attach(ReadOnlyMemory<byte> bytes)
    {
        var hash = ContentHash.Of(bytes.Span);
        _attachments[hash] = bytes;
        return hash;
    }

    private void RefuseDuplicate(string name, string id) =>
        _refusal ??= new("json.duplicate-id", name + " /id", id, "an identifier that no other file of the folder has");
}
