package criticalwindows.importing;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/// How the files of one tool hold responses and their rollouts.
interface Layout {
  /// As users name it.
  String name();

  /// What of a path is read, in order: files, or folders that hold a response each.
  ///
  /// @throws criticalwindows.error.UserError if nothing there is of this layout
  List<Path> parts(Path path);

  /// Reads one part.
  ///
  /// @param taker is given each response
  /// @throws criticalwindows.error.UserError if it is not of this layout, or says what cannot be
  void read(ImportSource source, Path part, Consumer<Recorded> taker);
}
