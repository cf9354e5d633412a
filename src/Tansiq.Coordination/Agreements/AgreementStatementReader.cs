using Tansiq.Coordination.Statements;
using Tansiq.Geo.Text;

namespace Tansiq.Coordination.Agreements;

/// <summary>Reads the bodies of statements about agreements that are more than a citation.</summary>
internal static class AgreementStatementReader
{
    /// <summary>A proposal: <c>{"agreement": hash, "areas": hash}</c>.</summary>
    public static StatementBody? Proposal(JsonCursor body, AttachmentReader attachments)
    {
        if (attachments.Founding(body) is not { } founding) return null;
        var agreement = attachments.Read(body["agreement"], bytes => AgreementReader.Read(bytes, founding));
        if (agreement is null) return null;
        var areas = attachments.Read(body["areas"], bytes => DesignatedAreasReader.Read(bytes, agreement, founding));
        return body.Reading.IsRefused ? null : new AgreementProposal(agreement with { Areas = areas });
    }

    /// <summary>A control map put forward: <c>{"map": hash}</c>.</summary>
    public static StatementBody? Map(JsonCursor body, AttachmentReader attachments) =>
        attachments.Founding(body) is { } founding
        && attachments.Read(body["map"], bytes => ControlMapReader.Read(bytes, founding)) is { } map
            ? new ControlMapProposal(map)
            : null;
}
