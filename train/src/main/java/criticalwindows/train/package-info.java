/// The command line with training: what `./cw train` starts.
///
/// Arrows: cli, torch.
package criticalwindows.train;
