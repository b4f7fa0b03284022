package criticalwindows.benchmark;

import criticalwindows.attack.Request;
import criticalwindows.dataset.Card;
import criticalwindows.download.HubFile;
import java.util.List;
import java.util.Optional;

/// A data set of requests: how it is laid out, and where it is.
///
/// @param card what there is to know of it
/// @param hub its files on the hub; none where it is to be fetched by hand
/// @param columns by which it is told; others may stand beside them. None: a request a line,
///   without a header
/// @param reader of its records
record RequestLayout(Card card, List<HubFile> hub, List<String> columns, Reader reader) {
  RequestLayout {
    hub = List.copyOf(hub);
    columns = List.copyOf(columns);
  }

  String name() {
    return card.name();
  }

  /// Reads a record.
  interface Reader {
    /// The request of a record.
    ///
    /// @throws NotAProblem if it is not laid out so; nothing is guessed
    Request read(Entry entry) throws NotAProblem;
  }

  /// A record of a file.
  ///
  /// @param layout by its name
  /// @param number among the records of its file, from 1
  record Entry(String layout, Row.Fields fields, int number) {
    /// A text or a number that says something.
    String text(String field) throws NotAProblem {
      String text = fields.get(field).asString("").strip();
      if (text.isEmpty()) {
        throw new NotAProblem("has no text in " + field);
      }
      return text;
    }

    /// Absent where the field is not there, or is empty.
    Optional<String> optional(String field) {
      return Optional.of(fields.object().path(field).asString("").strip())
          .filter(text -> !text.isEmpty());
    }

    /// The data set's name and a number or word of its own.
    String id(String own) {
      return layout + "-" + own;
    }

    String numbered() {
      return id(String.valueOf(number));
    }
  }
}
