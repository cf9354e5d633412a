using Microsoft.AspNetCore.Builder;
using Tansiq.Server.Problems;

namespace Tansiq.Server.Hosting;

/// <summary>A node answers under its own names only: a page of elsewhere that lets its name point here gets nothing.</summary>
internal static class HostNames
{
    /// <summary>Refuses requests to other names with 421 <c>host.other-name</c>.</summary>
    public static IApplicationBuilder UseHostNames(this IApplicationBuilder application, IReadOnlyList<string> names)
    {
        if (names.Count == 0) return application;
        var known = names.ToHashSet(StringComparer.OrdinalIgnoreCase);
        return application.Use((context, next) => known.Contains(context.Request.Host.Host) ? next(context) : Problem.WriteAsync(context, ProblemCodes.OtherName));
    }
}
