using BenchmarkDotNet.Running;
using Tansiq.Bench;

if (args is ["--p99"])
{
    DecideBench.PrintPercentiles();
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
