/// The command line: one file for each command, all wiring with `new`, in reading order.
///
/// Arrows: everything it wires.
package criticalwindows.cli;
