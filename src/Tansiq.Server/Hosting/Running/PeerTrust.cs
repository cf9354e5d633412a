using System.Net.Http;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Tansiq.Server.Hosting.Running;

/// <summary>Whose TLS certificates a node believes when it calls others: those that the machine trusts, and those that the settings name.</summary>
internal static class PeerTrust
{
    /// <summary>Lets a handler believe certificates under some authorities too.</summary>
    /// <param name="handler">What sends the requests.</param>
    /// <param name="authorities">The authorities; with none nothing changes.</param>
    public static void Set(HttpMessageHandler handler, X509Certificate2Collection authorities)
    {
        if (authorities.Count == 0 || handler is not SocketsHttpHandler sockets) return;
        sockets.SslOptions.RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
            errors == SslPolicyErrors.None || (errors == SslPolicyErrors.RemoteCertificateChainErrors && certificate is X509Certificate2 presented && IsUnder(presented, chain, authorities));
    }

    private static bool IsUnder(X509Certificate2 presented, X509Chain? shown, X509Certificate2Collection authorities)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        foreach (var element in shown?.ChainElements ?? Enumerable.Empty<X509ChainElement>()) chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        return chain.Build(presented);
    }
}
