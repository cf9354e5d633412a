global using Shouldly;
global using Xunit;

[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]
