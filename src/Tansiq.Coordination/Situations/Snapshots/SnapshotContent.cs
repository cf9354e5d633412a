using System.Collections.Immutable;
using System.Runtime.InteropServices;
using NodaTime;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Parties;
using Tansiq.Geo;
using Tansiq.Geo.Outlines;

namespace Tansiq.Coordination.Situations.Snapshots;

/// <summary>Writes notices and sites.</summary>
/// <param name="writer">Where to.</param>
/// <param name="keepsCells">Whether what the engine reckoned from outlines is kept beside them.</param>
internal sealed class WrittenContent(SnapshotWriter writer, bool keepsCells)
{
    private readonly WrittenNames<Actor> _actors = new(writer);
    private readonly WrittenNames<Purpose> _purposes = new(writer);
    private readonly WrittenNames<Clause> _clauses = new(writer);
    private readonly WrittenNames<Exemption> _exemptions = new(writer);

    public void Write(Notice notice)
    {
        _actors.Write(notice.Actor);
        writer.Byte((byte)notice.Class);
        _purposes.Write(notice.Purpose);
        writer.Byte((byte)notice.Contact);
        writer.Number(notice.Claims.Length);
        foreach (var claim in notice.Claims)
        {
            _clauses.Write(claim.Clause);
            _exemptions.Write(claim.Exemption);
        }

        writer.Byte((byte)(notice.AnswerBy is null ? 0 : 1));
        if (notice.AnswerBy is { } answerBy) writer.Instant(answerBy);
        SnapshotGeometry.Write(writer, notice.Volumes, keepsCells);
    }

    public void Write(Site site)
    {
        writer.Text(site.Id.Value);
        writer.Number(site.Name.ByLanguage.Count);
        foreach (var (language, text) in site.Name.ByLanguage)
        {
            writer.Text(language);
            writer.Text(text);
        }

        writer.Byte((byte)site.Category);
        writer.Byte((byte)site.Verification);
        writer.Number(site.UncertaintyMetres);
        SnapshotGeometry.Write(writer, site.Validity);
        writer.Byte((byte)(site.Point is null ? 0 : 1));
        if (site.Point is { } point)
        {
            writer.Int32(point.LatitudeE7);
            writer.Int32(point.LongitudeE7);
        }

        writer.Number(site.Outlines.Length);
        foreach (var outline in site.Outlines) SnapshotGeometry.Write(writer, outline, keepsCells);
    }
}

/// <summary>Reads what <see cref="WrittenContent"/> wrote; of no meaning where the cursor breaks.</summary>
internal sealed class ReadContent
{
    // More than any text of a statement can hold.
    private const int MostItems = 1 << 16;
    private const int LongestText = 4 * Words.MaximumLength;

    private readonly ReadNames<Actor> _actors = new();
    private readonly ReadNames<Purpose> _purposes = new();
    private readonly ReadNames<Clause> _clauses = new();
    private readonly ReadNames<Exemption> _exemptions = new();

    public Notice Notice(ref SnapshotCursor cursor) => new()
    {
        Actor = _actors.Read(ref cursor),
        Class = (FlightClass)cursor.Choice((int)FlightClass.Unmanned),
        Purpose = _purposes.Read(ref cursor),
        Contact = (OfficerRole)cursor.Choice((int)OfficerRole.OfficeDesk),
        Claims = Claims(ref cursor),
        AnswerBy = cursor.Choice(1) == 0 ? null : cursor.Instant(),
        Volumes = SnapshotGeometry.Volumes(ref cursor, MostItems),
    };

    public static Site Site(ref SnapshotCursor cursor) => new()
    {
        Id = SnapshotNames.Identifier<Site>(ref cursor),
        Name = Text(ref cursor),
        Category = (SiteCategory)cursor.Choice((int)SiteCategory.Camp),
        Verification = (Verification)cursor.Choice((int)Verification.Disputed),
        UncertaintyMetres = cursor.Number(Flights.Site.MaximumUncertaintyMetres),
        Validity = SnapshotGeometry.Time(ref cursor),
        Point = cursor.Choice(1) == 0 ? null : Point(ref cursor),
        Outlines = Outlines(ref cursor),
    };

    private ImmutableArray<ExemptionReference> Claims(ref SnapshotCursor cursor)
    {
        var count = cursor.Count(MostItems, 2);
        if (count == 0) return [];
        var claims = new ExemptionReference[count];
        foreach (ref var claim in claims.AsSpan()) claim = new(_clauses.Read(ref cursor), _exemptions.Read(ref cursor));
        return ImmutableCollectionsMarshal.AsImmutableArray(claims);
    }

    private static Words Text(ref SnapshotCursor cursor)
    {
        var byLanguage = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        for (var left = cursor.Count(MostItems, 2); left > 0; left--) byLanguage[cursor.Text(LongestText)] = cursor.Text(LongestText);
        return new(byLanguage.ToImmutable());
    }

    private static GeoPoint? Point(ref SnapshotCursor cursor)
    {
        var (latitude, longitude) = (cursor.Int32(), cursor.Int32());
        if (latitude is >= -GeoPoint.MaximumLatitudeE7 and <= GeoPoint.MaximumLatitudeE7 && longitude is >= -GeoPoint.HalfTurnE7 and < GeoPoint.HalfTurnE7)
            return GeoPoint.FromE7(latitude, longitude);
        cursor.Break();
        return null;
    }

    private static ImmutableArray<Outline> Outlines(ref SnapshotCursor cursor)
    {
        var outlines = ImmutableArray.CreateBuilder<Outline>();
        for (var left = cursor.Count(MostItems, 1); left > 0; left--)
        {
            if (SnapshotGeometry.Outline(ref cursor) is { } outline) outlines.Add(outline);
        }

        return outlines.ToImmutable();
    }
}
