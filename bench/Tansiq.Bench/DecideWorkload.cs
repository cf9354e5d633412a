using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using NodaTime;
using Tansiq.Coordination;
using Tansiq.Coordination.Flights.Deciding;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;

namespace Tansiq.Bench;

/// <summary>
/// The theatre with 10,000 designated areas, each valid for one of thirty days, 5,000 protected sites, and 100,000 live
/// flights of one to three volumes on seven days, six hours each.
/// </summary>
/// <remarks>
/// Volumes, areas and times are such that a verdict has 20 to 30 reasons, as many as with a tenth of all that within three
/// hours: the cost of a verdict is above all that of what it names.
/// </remarks>
internal sealed class DecideWorkload
{
    private const int Areas = 10_000;
    private const int Flights = 100_000;
    private const int Sites = 5_000;

    private readonly StatementNumbers _numbers = new();

    public DecideWorkload()
    {
        var theatre = new MadeUpTheatre();
        theatre.Begin(Say, Areas);
        for (var site = 0; site < Sites; site++) Say(MadeUpTheatre.Us, new SiteNotification(theatre.Site(site)));
        for (var flight = 0; flight < Flights; flight++)
        {
            var (filer, notice) = theatre.Flight(MadeUpTheatre.Start + Duration.FromDays(1 + theatre.Next(7)) + Duration.FromMinutes(theatre.Next(360)));
            Say(filer, notice);
        }

        Asked = [.. Situation.Notices.Values.Select(FlightInQuestion.OnRecord)];
    }

    public Situation Situation { get; private set; } = Situation.Empty;

    /// <summary>Every flight on record.</summary>
    public ImmutableArray<FlightInQuestion> Asked { get; }

    private ContentHash Say(Id<Party> party, StatementBody body)
    {
        var statement = _numbers.Next(party, body);
        (Situation, var admission) = Situation.Append(statement);
        return admission is Admission.Admitted ? statement.Hash : throw new InvalidOperationException($"{body}: {admission}");
    }
}

/// <summary>Statements numbered one after the other.</summary>
internal sealed class StatementNumbers
{
    private int _said;

    public Statement Next(Id<Party> party, StatementBody body)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"statement-{_said++}");
        return new(new(id), party, MadeUpTheatre.Start, ContentHash.Of(Encoding.UTF8.GetBytes(id)), body);
    }
}
