using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tansiq.Server.Api.Answers;
using Tansiq.Server.Api.Describing;
using Tansiq.Server.Api.Events;
using Tansiq.Server.Hosting;
using Tansiq.Server.Nodes;
using Tansiq.Storage.Private;

namespace Tansiq.Server.Api;

/// <summary>What everybody reads of a node, under <c>/api/v1</c> (docs/formats/api.md).</summary>
public sealed class ApiModule : ICapabilityModule
{
    /// <summary>Where all of it is.</summary>
    public const string Prefix = "/api/v1";

    /// <inheritdoc />
    public PrivateSchema? Schema => null;

    /// <inheritdoc />
    public void AddServices(IServiceCollection services) =>
        services.AddSingleton<EventHub>().AddHostedService(provider => provider.GetRequiredService<EventHub>());

    /// <inheritdoc />
    public void Map(IEndpointRouteBuilder endpoints, NodeIdentity node)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(node);
        var running = endpoints.ServiceProvider.GetRequiredService<INode>();
        Reading.ReadEndpoint[] reads =
        [
            NodeAnswers.Node(node),
            PartyAnswers.Founding, PartyAnswers.Parties, PartyAnswers.Actors, PartyAnswers.Purposes,
            AgreementAnswers.Agreements, AgreementAnswers.Areas, AgreementAnswers.ControlMaps,
            PlaceAnswers.Sites, PlaceAnswers.WhatAppliesHere,
            NoticeAnswers.Notices, NoticeAnswers.Notice, NoticeAnswers.Operations,
            RecordAnswers.Entries(running), RecordAnswers.Entry(running),
        ];
        foreach (var read in reads) read.Map(endpoints, running);
        VerdictEndpoint.Map(endpoints, running);
        FileEndpoints.Map(endpoints, running);
        EventStream.Map(endpoints, running);
        OpenApiDocument.Map(endpoints);
    }
}
