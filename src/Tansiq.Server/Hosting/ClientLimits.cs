using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Tansiq.Server.Access;
using Tansiq.Server.Problems;

namespace Tansiq.Server.Hosting;

/// <summary>How often one client may ask, by its address: a bucket that fills at a steady rate. What nodes ask and STOP have a bucket of their own.</summary>
internal static class ClientLimits
{
    private const int BurstSeconds = 4;
    private const int RefillsPerSecond = 10;
    private const int NetworkBytes = 8;

    /// <summary>Sets the limits; who is held back is told to come again in a second.</summary>
    public static void Set(RateLimiterOptions options, NodeLimits limits)
    {
        options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, (UInt128, bool)>(context =>
        {
            var isUrgent = context.GetEndpoint()?.Metadata.GetMetadata<NeededPermission>() is { Permission: Permission.Node or Permission.Stop };
            return RateLimitPartition.GetTokenBucketLimiter(
                (Network(context.Connection.RemoteIpAddress), isUrgent), key => Bucket(key.Item2 ? limits.NodeRequestsPerSecond : limits.RequestsPerSecond));
        });
        options.OnRejected = static (rejected, _) =>
        {
            rejected.HttpContext.Response.Headers.RetryAfter = "1";
            return new(Problem.WriteAsync(rejected.HttpContext, ProblemCodes.TooManyRequests));
        };
    }

    // Who has one IPv6 address usually has the whole network of 64 bits.
    private static UInt128 Network(IPAddress? address)
    {
        if (address is null) return UInt128.Zero;
        var bytes = (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).GetAddressBytes();
        if (bytes.Length > NetworkBytes) bytes.AsSpan(NetworkBytes).Clear();
        var number = UInt128.One;
        foreach (var each in bytes) number = unchecked((number << 8) | each);
        return number;
    }

    private static TokenBucketRateLimiterOptions Bucket(int perSecond) => new()
    {
        TokenLimit = checked(perSecond * BurstSeconds),
        TokensPerPeriod = Math.Max(1, perSecond / RefillsPerSecond),
        ReplenishmentPeriod = TimeSpan.FromSeconds(1.0 / RefillsPerSecond),
        QueueLimit = 0,
    };
}
