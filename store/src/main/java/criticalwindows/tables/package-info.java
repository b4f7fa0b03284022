/// Tables for other programs: Parquet, CSV and JSON, written row by row, and anybody's Parquet.
///
/// ```java
/// Table.Column word = new Table.Column("word", Table.Type.TEXT, "as it was written");
/// Table words = new Table("words", "a word each", List.of(word));
/// try (TableFolder folder =
///     TableFolder.create(Path.of("words"), TableFolder.Format.PARQUET, List.of(words))) {
///   folder.add(words, List.of(new Table.Cell.Text("=1+1")));
///   System.out.println(ParquetRows.read(folder.finish().getFirst()));
/// }
/// ```
///
/// Arrows: error, disk, database.
package criticalwindows.tables;
