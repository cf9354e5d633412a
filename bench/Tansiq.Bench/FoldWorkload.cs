using NodaTime;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;
using Tansiq.Coordination;

namespace Tansiq.Bench;

/// <summary>
/// A record of seven days of the theatre with 100 areas: 70 % notices, 10 % times of the record, 15 % consents, objections
/// and withdrawals of recent notices, 5 % sites. A quarter of the notices is of combat flights, whose volumes admission
/// measures.
/// </summary>
internal sealed class FoldWorkload
{
    private const int Areas = 100;
    private const int RecentNotices = 1_000;

    private readonly MadeUpTheatre _theatre = new();
    private readonly StatementNumbers _numbers = new();
    private readonly List<Statement> _said = [];
    private readonly List<(Id<Party> Filer, ContentHash Hash)> _notices = [];
    private Instant _now = MadeUpTheatre.Start;

    public FoldWorkload(int statements)
    {
        _theatre.Begin(Say, Areas);
        var tick = Duration.FromDays(7) / (statements / 10);
        while (_said.Count < statements)
        {
            var what = _theatre.Next(100);
            if (what < 70) File();
            else if (what < 80) Say(MadeUpTheatre.Office, new RecordTime(_now += tick));
            else if (what < 95) Answer();
            else Say(MadeUpTheatre.Us, new SiteNotification(_theatre.Site(_said.Count)));
        }
    }

    /// <summary>What is said, in order.</summary>
    public IReadOnlyList<Statement> Statements => _said;

    private void File()
    {
        var (filer, notice) = _theatre.Flight(_now + Duration.FromHours(24) + Duration.FromMinutes(_theatre.Next(24 * 60)));
        _notices.Add((filer, Say(filer, notice)));
    }

    private void Answer()
    {
        if (_notices.Count == 0) return;
        var (filer, hash) = _notices[^(1 + _theatre.Next(Math.Min(_notices.Count, RecentNotices)))];
        var other = filer == MadeUpTheatre.Us ? MadeUpTheatre.Ru : MadeUpTheatre.Us;
        switch (_theatre.Next(10))
        {
            case < 7:
                Say(other, new Consent(hash));
                break;
            case < 9:
                Say(other, new Objection(hash));
                break;
            default:
                Say(filer, new Withdrawal(hash));
                break;
        }
    }

    private ContentHash Say(Id<Party> party, StatementBody body)
    {
        var statement = _numbers.Next(party, body);
        _said.Add(statement);
        return statement.Hash;
    }
}
