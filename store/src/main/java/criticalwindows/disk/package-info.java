/// Files that are there whole or not at all, and files that grow by lines; out of an interrupt's
/// reach.
///
/// ```java
/// Durable.write(Path.of("note.txt"), "whole, or not there");
/// LineFile lines = new LineFile(Path.of("log.txt"));
/// lines.append("one\n");
/// System.out.println(lines.read());
/// ```
///
/// Arrows: error.
package criticalwindows.disk;
