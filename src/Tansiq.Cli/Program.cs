return Tansiq.Cli.CommandLine.Run(args, Console.Out, Console.Error);
