/// The command line with training: what `./cw train` starts.
///
/// Arrows: console, cli, torch.
package criticalwindows.train;
