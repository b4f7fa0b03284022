/// Texts as token ids, as a model's `tokenizer.json` says, whatever its kind: read by Hugging
/// Face's own `tokenizers` library, offline.
///
/// ```java
/// Path folder = Files.createTempDirectory("tokenizer");
/// Files.writeString(
///     folder.resolve("tokenizer.json"),
///     """
///     {"model": {"type": "BPE", "vocab": {"a": 0, "b": 1, "ab": 2}, "merges": ["a b"]},
///      "added_tokens": [{"id": 3, "content": "<end>", "special": true}]}
///     """);
/// Tokenizer tokenizer = Tokenizer.read(folder);
/// System.out.println(Arrays.toString(tokenizer.encode("abba"))); // [2, 1, 0]
/// System.out.println(tokenizer.controls()); // {<end>=3}
/// ```
///
/// Arrows: error, hash.
package criticalwindows.tokenizer;
