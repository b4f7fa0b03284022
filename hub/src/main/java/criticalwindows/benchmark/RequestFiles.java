package criticalwindows.benchmark;

import criticalwindows.attack.Request;
import criticalwindows.attack.Templated;
import criticalwindows.dataset.Card;
import criticalwindows.download.HubFile;
import criticalwindows.error.UserError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Files of requests, each in the layout in which its data set is published.
public final class RequestFiles {
  private RequestFiles() {}

  /// What files hold.
  ///
  /// @param layout by its name
  /// @param requests each once, in the order of the files
  /// @param templated prompts that are dressed already
  /// @param notes what people should know
  public record Contents(
      String layout, List<Request> requests, List<Templated> templated, List<String> notes) {
    public Contents {
      requests = List.copyOf(requests);
      templated = List.copyOf(templated);
      notes = List.copyOf(notes);
    }
  }

  /// What there is to know of every data set that has a layout of its own.
  public static List<Card> cards() {
    return Stream.concat(
            RequestLayouts.ALL.stream().map(RequestLayout::card), Stream.of(Jailbreaks.CARD))
        .toList();
  }

  /// The files of a data set on the hub; none where it is to be fetched by hand.
  ///
  /// @param name of the data set
  /// @param split of one that has several; may be empty
  public static List<HubFile> hub(String name, String split) {
    return name.equals(Jailbreaks.NAME)
        ? Jailbreaks.hub(split)
        : RequestLayouts.ALL.stream()
            .filter(layout -> layout.name().equals(name) && split.isEmpty())
            .flatMap(layout -> layout.hub().stream())
            .toList();
  }

  /// Reads files.
  ///
  /// @param name of the layout; absent to tell it by what the first file has
  /// @throws UserError if a file is of no layout or fits one only in part, if a record cannot be
  ///   read, or if two have one id: a request that is left out would change every rate
  public static Contents read(List<Path> files, Optional<String> name) {
    String layout =
        name.orElseGet(() -> RequestDetection.name(files.getFirst(), rows(files.getFirst())));
    return layout.equals(Jailbreaks.NAME) ? jailbreaks(files) : requests(files, layout);
  }

  private static List<Row> rows(Path file) {
    List<Row> rows = Rows.of(file, RequestDetection::isHeader);
    if (rows.isEmpty()) {
      throw new UserError(file + " has no request", RequestDetection.HINT);
    }
    return rows;
  }

  private static Contents jailbreaks(List<Path> files) {
    List<Templated> all = new ArrayList<>();
    for (Path file : files) {
      List<Row> rows = rows(file);
      RequestDetection.require(file, rows, Jailbreaks.NAME, Jailbreaks.COLUMNS);
      Jailbreaks.Split split = Jailbreaks.split(file);
      for (Row row : rows) {
        all.add(read(row, fields -> split.read(fields)));
      }
    }
    return new Contents(Jailbreaks.NAME, List.of(), all, List.of());
  }

  private static Contents requests(List<Path> files, String name) {
    RequestLayout layout =
        RequestLayouts.ALL.stream()
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow();
    Map<String, Place> ids = new HashMap<>();
    Map<String, Request> byText = new HashMap<>();
    List<Request> all = new ArrayList<>();
    int again = 0;
    for (Path file : files) {
      List<Row> rows = rows(file);
      RequestDetection.require(file, rows, name, layout.columns());
      int number = 0;
      for (Row row : rows) {
        int here = ++number;
        Request request =
            read(row, fields -> layout.reader().read(new RequestLayout.Entry(name, fields, here)));
        Optional.ofNullable(ids.put(request.id(), row.place()))
            .ifPresent(
                first -> {
                  throw again(row, request, first);
                });
        if (byText.putIfAbsent(request.text(), request) == null) {
          all.add(request);
        } else {
          again++;
        }
      }
    }
    List<String> notes =
        again == 0
            ? List.of()
            : List.of("requests left out, as an earlier one says the same: " + again);
    return new Contents(name, all, List.of(), notes);
  }

  private static UserError again(Row row, Request request, Place first) {
    return new UserError(
        row.place() + ": the id " + request.id() + " is that of " + first + " too",
        "give each request an id of its own, or leave out what is there twice");
  }

  private interface Reader<T> {
    T read(Row.Fields fields) throws NotAProblem;
  }

  private static <T> T read(Row row, Reader<T> reader) {
    try {
      return switch (row) {
        case Row.Fields fields -> reader.read(fields);
        case Row.Broken broken -> throw new NotAProblem(broken.why());
        case Row.Cells cells when cells.cells().size() == 1 ->
            reader.read(new Row.Fields(row.place(), Rows.field(cells.cells().getFirst())));
        case Row.Cells cells ->
            throw new NotAProblem("has " + cells.cells().size() + " cells and no header above");
        case Row.Block block -> throw new NotAProblem("is no request");
      };
    } catch (NotAProblem e) {
      throw new UserError(
          row.place() + ": the record " + e.getMessage(),
          "put it right, or take it out of the file",
          e);
    }
  }
}
